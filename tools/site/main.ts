import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSite } from "./build-pages.ts";
import { findDeadLinks } from "./find-dead-links.ts";
import type { PageGroup } from "./page.ts";

/** Writes the pages of the site for vitepress, and what its navigation lists. */

const ROOT = join(import.meta.dirname, "../..");
const PAGES = join(ROOT, "site/pages");

function write(path: string, text: string): void {
  const file = join(PAGES, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Groups as the navigation of vitepress wants them. */
const listItems = (groups: readonly PageGroup[]) =>
  groups.map(({ title, pages }) => ({
    text: title,
    // The one that holds the page on view opens by itself.
    collapsed: true,
    items: pages.map((page) => ({ text: page.title, link: `/${page.path.replace(/(index)?\.md$/, "")}` })),
  }));

const { pages, documents, reference } = await buildSite(ROOT);
const dead = findDeadLinks(pages);
if (dead.length > 0) throw new Error(`links that lead nowhere:\n${dead.join("\n")}`);
rmSync(PAGES, { recursive: true, force: true });
for (const { path, text } of pages) write(path, text);
write("navigation.json", JSON.stringify({ documents: listItems(documents), reference: listItems(reference) }));
console.log(`${pages.length} pages in site/pages`);
