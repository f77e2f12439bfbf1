import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "../page.ts";

/** A page that is a Markdown file of the repository. */
export interface DocumentPage extends Page {
  /** The file. */
  readonly source: string;
}

/** Documents that stand together in the navigation. */
export interface DocumentGroup {
  readonly title: string;
  readonly pages: readonly DocumentPage[];
}

/** All Markdown files that are pages. */
export interface Documents {
  readonly groups: readonly DocumentGroup[];
  readonly all: readonly DocumentPage[];
  /** The guides and the documents for users in which something stands. */
  mention(pattern: RegExp): readonly DocumentPage[];
  /** @throws Error when there is no such document */
  find(source: string): DocumentPage;
}

const GUIDES = "docs/limbeck_soft_delete_guide";

const GUIDE_GROUP = "Guides";
const TOPIC_GROUP = "Subjects";

/** Documents that have a place of their own; all others in `docs` are subjects. */
const GROUPS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "Practice",
    [
      "workshop/00_personal_todo/README.md",
      "workshop/01_shared_lists/README.md",
      "docs/learn.md",
      "packages/learn/README.md",
    ],
  ],
  ["Engines", ["docs/sqlite.md", "docs/postgres.md", "docs/mysql.md", "docs/types.md"]],
  ["Measured", ["docs/autogenerate-peers.md", "docs/sqlite-peers.md", "docs/benchmarks.md"]],
  ["The project", ["README.md", "CHANGELOG.md", "docs/architecture.md", "docs/graph-deviations.md", "CONTRIBUTING.md"]],
]);

const listMarkdown = (root: string, folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .toSorted()
    .map((name) => `${folder}/${name}`);

/** Where the page of a document is: its name without numbers and capitals. */
function placeDocument(source: string): string {
  const file = source.replace(/^.*\//, "").replace(/\.md$/, "").toLowerCase();
  if (source.startsWith(`${GUIDES}/`)) {
    return file === "readme" ? "guide/index.md" : `guide/${file.replace(/^\d+_/, "").replaceAll("_", "-")}.md`;
  }
  if (source.startsWith("docs/")) return `manual/${file}.md`;
  if (source === "README.md") return "project/overview.md";
  const folder = /([^/]+)\/readme\.md$/i.exec(source)?.[1];
  return folder === undefined
    ? `project/${file}.md`
    : `practice/${folder.replace(/^\d+_/, "").replaceAll("_", "-")}.md`;
}

function readDocument(root: string, source: string): DocumentPage {
  const text = readFileSync(join(root, source), "utf8");
  const heading = /^# (.+)$/m.exec(text)?.[1]?.replaceAll("`", "") ?? source;
  // Its heading is the name of the whole, which says little in a list.
  const title = source === "README.md" ? "Overview" : heading;
  return { source, path: placeDocument(source), title, text };
}

/** The guides in their order: what leads through them first. */
function listGuides(root: string): readonly string[] {
  const overview = `${GUIDES}/README.md`;
  return [overview, ...listMarkdown(root, GUIDES).filter((source) => source !== overview)];
}

/**
 * Reads the Markdown files that are pages of the site.
 *
 * @param root the folder of the repository
 */
export function readDocuments(root: string): Documents {
  const placed = new Set([...GROUPS.values()].flat());
  const subjects = listMarkdown(root, "docs").filter((source) => !placed.has(source));
  const sources = [[GUIDE_GROUP, listGuides(root)], [TOPIC_GROUP, subjects], ...GROUPS] as const;
  const groups = sources.map(([title, members]) => ({
    title,
    pages: members.map((source) => readDocument(root, source)),
  }));
  const all = groups.flatMap(({ pages }) => pages);
  const forUsers = groups.filter(({ title }) => title !== "The project").flatMap(({ pages }) => pages);
  return {
    groups,
    all,
    mention: (pattern) => forUsers.filter(({ text }) => pattern.test(text)),
    find(source) {
      const found = all.find((page) => page.source === source);
      if (!found) throw new Error(`${source} is no page of the site`);
      return found;
    },
  };
}
