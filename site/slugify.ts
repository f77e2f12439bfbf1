/**
 * The anchor of a heading, as GitHub makes it, so that links within the documents lead to the same place in both.
 *
 * @example
 * slugify("What it detects, what it asks"); // "what-it-detects-what-it-asks"
 */
export function slugify(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}
