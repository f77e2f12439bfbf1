import { posix } from "node:path";
import { isForeignTarget, listLinks } from "./documents/links.ts";
import type { Page } from "./page.ts";
import { slugify } from "../../site/slugify.ts";

/** Headings outside of code, with what they say. */
const CODE_OR_HEADING = /^```[\s\S]*?^```|^#{1,6} (?<heading>.+)$/gm;

/** The anchors of a page; those of equal headings are numbered, as the page numbers them. */
function listAnchors(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const { groups } of text.matchAll(CODE_OR_HEADING)) {
    const heading = groups?.["heading"];
    if (heading === undefined) continue;
    const slug = slugify(heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("`", ""));
    let anchor = slug;
    for (let number = 1; anchors.has(anchor); number += 1) anchor = `${slug}-${number}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Links that lead to no page, or to no heading of one: `guide/index.md: ../nowhere.md`. */
export function findDeadLinks(pages: readonly Page[]): readonly string[] {
  const anchors = new Map(pages.map(({ path, text }) => [path, listAnchors(text)]));
  return pages.flatMap(({ path, text }) =>
    listLinks(text)
      .filter(({ target }) => {
        if (isForeignTarget(target)) return false;
        const [file = "", hash] = target.split("#");
        const found = anchors.get(file === "" ? path : posix.join(posix.dirname(path), file));
        return !found || (hash !== undefined && !found.has(hash));
      })
      .map(({ target }) => `${path}: ${target}`),
  );
}
