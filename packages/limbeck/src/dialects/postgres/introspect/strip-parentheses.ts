import { tokenize } from "../parse/tokenize.ts";

/** Where the parenthesis that begins the text is closed, as the number of a token. */
function findClosing(texts: readonly string[]): number {
  let depth = 0;
  return texts.findIndex((text) => {
    if (text === "(") depth += 1;
    if (text === ")") depth -= 1;
    return depth === 0;
  });
}

/**
 * An expression without parentheses around the whole of it.
 *
 * @example
 * stripParentheses("((a > 0) AND (b > 0))"); // (a > 0) AND (b > 0)
 */
export function stripParentheses(sql: string): string {
  const text = sql.trim();
  if (!text.startsWith("(") || !text.endsWith(")")) return text;
  const texts = tokenize(text).map((token) => token.text);
  return findClosing(texts) === texts.length - 1 ? stripParentheses(text.slice(1, -1)) : text;
}
