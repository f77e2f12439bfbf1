/**
 * A word as it is typed in a shell, for commands that are there to be copied: in quotes only where it needs them.
 *
 * @example
 * quoteWord("add due date"); // "add due date", in double quotes
 */
export function quoteWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  // Inside of double quotes a shell still knows these four, and "!" where it is interactive.
  return /["$`\\!]/.test(word) ? `'${word.replaceAll("'", String.raw`'\''`)}'` : `"${word}"`;
}
