/** One piece of SQL text, comments and white space left out. */
export interface Token<Kind extends string> {
  readonly kind: Kind;
  /** As written. */
  readonly text: string;
  /** Of a word: in capitals, for comparing with keywords. Otherwise empty. */
  readonly keyword: string;
  /** Offset of the first character. */
  readonly start: number;
  /** Offset behind the last character. */
  readonly end: number;
}

/** The token between two offsets. */
export function makeToken<Kind extends string>(
  kind: Kind,
  sql: string,
  { start, end }: Pick<Token<Kind>, "start" | "end">,
): Token<Kind> {
  const text = sql.slice(start, end);
  return { kind, text, keyword: kind === "word" ? text.toUpperCase() : "", start, end };
}

/**
 * Where a match of a pattern at this very place ends.
 *
 * @param pattern with the flag `y`
 * @returns -1 when there is none
 */
export function findMatchEnd(pattern: RegExp, sql: string, position: number): number {
  // A copy, because a pattern remembers where it was.
  const own = new RegExp(pattern);
  own.lastIndex = position;
  return own.test(sql) ? own.lastIndex : -1;
}
