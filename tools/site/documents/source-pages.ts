import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, posix } from "node:path";
import { joinParts, writeBlock, writeLink } from "../markdown.ts";
import type { Page } from "../page.ts";

/** The files of the repository. */
export interface SourceTree {
  readonly root: string;
}

/** What files are written in, by their endings; the rest is shown as text. */
const LANGUAGES: ReadonlyMap<string, string> = new Map([
  [".ts", "ts"],
  [".js", "js"],
  [".json", "json"],
  [".html", "html"],
  [".css", "css"],
  [".sql", "sql"],
  ["Makefile", "make"],
]);

/** Pages that only show a file are not searched: what they hold is told elsewhere. */
const HEAD = "---\nsearch: false\naside: false\n---";

const isFolder = ({ root }: SourceTree, path: string): boolean => statSync(join(root, path)).isDirectory();

/** Where the page of a file or a folder is. */
export function placeSource(tree: SourceTree, path: string): string {
  const plain = path.replace(/\/$/, "");
  if (isFolder(tree, plain)) return `files/${plain}/index.md`;
  // With its dots, the page of `docs.html` would be taken for an HTML file.
  return `files/${posix.dirname(plain)}/${posix.basename(plain).replaceAll(".", "-")}.md`;
}

function listFolder({ root }: SourceTree, path: string): readonly string[] {
  const names = readdirSync(join(root, path)).filter((name) => name !== "node_modules" && name !== ".gitkeep");
  return names.toSorted().map((name) => posix.join(path, name));
}

function showFile(tree: SourceTree, path: string): Page {
  const name = posix.basename(path);
  const language = LANGUAGES.get(extname(name)) ?? LANGUAGES.get(name) ?? "text";
  const text = readFileSync(join(tree.root, path), "utf8");
  return {
    path: placeSource(tree, path),
    title: path,
    text: joinParts([HEAD, `# ${path}`, writeBlock(language, text)]),
  };
}

function showFolder(tree: SourceTree, path: string): Page {
  const page = placeSource(tree, path);
  const links = listFolder(tree, path).map(
    (entry) => `- ${writeLink(posix.basename(entry), page, placeSource(tree, entry))}`,
  );
  return { path: page, title: path, text: joinParts([HEAD, `# ${path}`, links.join("\n")]) };
}

/**
 * Pages of files, so that a link to one leads somewhere without a network; a folder has those of all its files.
 *
 * @param paths in the repository
 */
export function buildSourcePages(tree: SourceTree, paths: Iterable<string>): readonly Page[] {
  const pages = new Map<string, Page>();
  const add = (path: string): void => {
    const plain = path.replace(/\/$/, "");
    if (pages.has(plain)) return;
    if (!isFolder(tree, plain)) {
      pages.set(plain, showFile(tree, plain));
      return;
    }
    pages.set(plain, showFolder(tree, plain));
    for (const entry of listFolder(tree, plain)) add(entry);
  };
  for (const path of paths) add(path);
  return [...pages.values()];
}
