/** A word of SQL: bare or quoted, in small letters and without quotes; a string or a symbol as it is. */
const TOKENS =
  /--[^\n]*|\/\*[^]*?\*\/|\s+|'(?:[^']|'')*'|"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|\[([^\]]*)\]|[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.]*|<>|<=|>=|==|!=|\|\||[^]/giu;

/**
 * The words of an SQL text in one spelling: SQLite takes names and keywords without regard to case and quotes.
 *
 * @example
 * splitWords('Select "A" -- one'); // ["select", "a"]
 */
export function splitWords(sql: string): readonly string[] {
  return Array.from(sql.matchAll(TOKENS)).flatMap(([text, ...quoted]) => {
    if (/^(?:--|\/\*|\s)/.test(text)) return [];
    const name = quoted.find((part) => part !== undefined);
    if (name !== undefined) return [name.toLowerCase()];
    return [text.startsWith("'") ? text : text.toLowerCase()];
  });
}

/** Index of the parenthesis that closes the one at `open`. */
function findClosing(words: readonly string[], open: number): number {
  let depth = 0;
  for (let index = open; index < words.length; index += 1) {
    if (words[index] === "(") depth += 1;
    if (words[index] === ")") depth -= 1;
    if (depth === 0) return index;
  }
  return words.length;
}

/** Words without parentheses around all of them. */
export function stripParentheses(words: readonly string[]): readonly string[] {
  let inner = words;
  while (inner[0] === "(" && findClosing(inner, 0) === inner.length - 1) inner = inner.slice(1, -1);
  return inner;
}

/** What stands in the parentheses that begin at `open`, as one line. */
export function readParentheses(words: readonly string[], open: number): string {
  return stripParentheses(words.slice(open, findClosing(words, open) + 1)).join(" ");
}
