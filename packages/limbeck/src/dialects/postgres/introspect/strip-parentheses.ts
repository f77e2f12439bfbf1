/** Where a text or a name in quotation marks ends that begins at a position. */
function skipQuoted(sql: string, start: number): number {
  const mark = sql[start] ?? "";
  const isEscaped = mark === "'" && /(?:^|[^\p{L}\p{N}_$])[eE]$/u.test(sql.slice(Math.max(0, start - 3), start));
  for (let at = start + 1; at < sql.length; at += 1) {
    if (isEscaped && sql[at] === "\\") at += 1;
    // A doubled mark closes one text, and at once opens another.
    else if (sql[at] === mark) return at;
  }
  return sql.length;
}

/** Where the parenthesis that begins the text is closed. */
function findClosing(sql: string): number {
  let depth = 0;
  for (let at = 0; at < sql.length; at += 1) {
    const character = sql[at];
    if (character === "'" || character === '"') at = skipQuoted(sql, at);
    else if (character === "(") depth += 1;
    else if (character === ")") {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

/**
 * An expression without parentheses around the whole of it.
 *
 * @param sql in the server's own words, which hold no comments and quote no text by dollars
 * @example
 * stripParentheses("((a > 0) AND (b > 0))"); // (a > 0) AND (b > 0)
 */
export function stripParentheses(sql: string): string {
  const text = sql.trim();
  if (!text.startsWith("(") || !text.endsWith(")")) return text;
  return findClosing(text) === text.length - 1 ? stripParentheses(text.slice(1, -1)) : text;
}
