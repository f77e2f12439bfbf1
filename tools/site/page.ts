/** A page of the site, before vitepress has seen it. */
export interface Page {
  /** Where it is written, relative to the folder of all pages: `guide/index.md`. */
  readonly path: string;
  readonly title: string;
  /** Markdown. */
  readonly text: string;
}

/** Pages that stand together in the navigation. */
export interface PageGroup {
  readonly title: string;
  readonly pages: readonly Page[];
}
