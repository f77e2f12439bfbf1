import { posix } from "node:path";
import { writeLink } from "../markdown.ts";
import type { Page } from "../page.ts";
import type { DocumentPage, Documents } from "./documents.ts";
import { isForeignTarget, listLinks, replaceLinks } from "./links.ts";
import { buildSourcePages, placeSource, type SourceTree } from "./source-pages.ts";

/** Where a link of a document leads to in the repository, and at which heading. */
function resolveTarget({ source }: DocumentPage, target: string): { readonly path: string; readonly hash: string } {
  const [path = "", hash] = target.split("#");
  return {
    path: path === "" ? source : posix.join(posix.dirname(source), path),
    hash: hash === undefined ? "" : `#${hash}`,
  };
}

const isInPage = (target: string): boolean => target.startsWith("#") || isForeignTarget(target);

/** The documents with links that lead from page to page, and the pages of the files that they speak of. */
export function publishDocuments(documents: Documents, tree: SourceTree): readonly Page[] {
  const places = new Map(documents.all.map(({ source, path }) => [source, path]));
  const linked = documents.all.flatMap((page) =>
    listLinks(page.text)
      .filter(({ target }) => !isInPage(target))
      .map(({ target }) => resolveTarget(page, target).path)
      .filter((path) => !places.has(path)),
  );
  const pages = documents.all.map((page): Page => {
    const text = replaceLinks(page.text, ({ text: label, target }) => {
      if (isInPage(target)) return `[${label}](${target})`;
      const { path, hash } = resolveTarget(page, target);
      return writeLink(label, page.path, `${places.get(path) ?? placeSource(tree, path)}${hash}`);
    });
    return { path: page.path, title: page.title, text };
  });
  return [...pages, ...buildSourcePages(tree, new Set(linked))];
}
