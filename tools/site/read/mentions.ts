import { writeLink } from "../markdown.ts";
import type { DocumentPage } from "../documents/documents.ts";

/** How many are named; a page that lists them all would say nothing. */
const MOST = 6;

/**
 * The links of a page of the reference to what is told elsewhere.
 *
 * @param from the page that has the links
 */
export function writeMentions(pages: readonly DocumentPage[], from: string): string {
  if (pages.length === 0) return "";
  const links = pages.slice(0, MOST).map(({ title, path }) => writeLink(title, from, path));
  return `Told in: ${links.join(", ")}.`;
}
