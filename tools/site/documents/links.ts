/** Code, in which nothing is a link; and links, with their text and their target. */
const CODE_OR_LINK = /^```[\s\S]*?^```|`[^`\n]+`(?!\]\()|\[(?<text>(?:`[^`]*`|[^\]`])*)\]\((?<target>[^)\s]+)\)/gm;

/** One link of a page. */
export interface Link {
  readonly text: string;
  readonly target: string;
}

/** Whether a target is outside of the repository, and so none of ours. */
export const isForeignTarget = (target: string): boolean => /^[a-z]+:/.test(target);

/** Puts something else in the place of every link outside of code. */
export function replaceLinks(text: string, replace: (link: Link) => string): string {
  return text.replaceAll(CODE_OR_LINK, (found, ...rest: readonly unknown[]) => {
    // The last argument holds the named groups, which the compiler does not know.
    const { text: label, target } = rest.at(-1) as { readonly text?: string; readonly target?: string };
    return target === undefined ? found : replace({ text: label ?? "", target });
  });
}

/** Every link outside of code. */
export function listLinks(text: string): readonly Link[] {
  const links: Link[] = [];
  replaceLinks(text, (link) => {
    links.push(link);
    return "";
  });
  return links;
}
