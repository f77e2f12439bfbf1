/** How long the message may get in a file's name unless the config says otherwise, in characters. */
export const DEFAULT_SLUG_LENGTH = 40;

/**
 * A message as part of a file's name: its words in lower case, joined by underscores. Letters of every script stay; nothing else does,
 * so that no name can lead out of its folder.
 *
 * @param length at most so many characters, cut at the end of a word where there is one
 *
 * @example
 * makeSlug("Add due date to todos!"); // add_due_date_to_todos
 */
export function makeSlug(message: string, length: number = DEFAULT_SLUG_LENGTH): string {
  const words =
    message
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  let slug = "";
  for (const word of words) {
    const longer = slug === "" ? word : `${slug}_${word}`;
    if (Array.from(longer).length > length) return slug === "" ? Array.from(word).slice(0, length).join("") : slug;
    slug = longer;
  }
  return slug;
}
