import { findMatchEnd, makeToken, type Token as SqlToken } from "../../../dialect/token.ts";

/** What a piece of SQL text is. */
export type TokenKind =
  /** A bare name or a keyword. */
  | "word"
  /** A name in backticks. */
  | "quotedName"
  /** Text in single or double quotes; with `ANSI_QUOTES` the latter are names, which makes no difference for where statements end. */
  | "string"
  | "number"
  /** A placeholder: `?`. */
  | "parameter"
  /** An operator's character or a separator. */
  | "punctuation"
  /** A quotation mark or comment that nothing closes; goes to the end of the text. */
  | "unclosed";

/** One piece of SQL text, comments and white space left out. */
export type Token = SqlToken<TokenKind>;

/**
 * White space, comments, and the marks around a comment that the server executes: what stands between them counts.
 * https://mariadb.com/kb/en/comment-syntax/
 */
const BLANKS: readonly RegExp[] = [
  /\s+/y,
  /--(?:[^\S\n][^\n]*|(?=\n|$))/y,
  /#[^\n]*/y,
  // The first line of newer dumps, a word to the client.
  /\/\*M?!999999\\-[^]*?\*\//y,
  /\/\*M?!\d*/y,
  /\/\*(?!M?!)[^]*?\*\//y,
  /\*\//y,
];

const PIECES: readonly (readonly [RegExp, TokenKind])[] = [
  [/(?:[bBnNxX])?'(?:[^'\\]|\\[^]|'')*'/y, "string"],
  [/"(?:[^"\\]|\\[^]|"")*"/y, "string"],
  [/`(?:[^`]|``)*`/y, "quotedName"],
  [/['"`][^]*|\/\*[^]*/y, "unclosed"],
  [/(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}_$])/uy, "number"],
  [/[\p{L}\p{N}_$\u0080-\uFFFF]+/uy, "word"],
  [/\?/y, "parameter"],
];

/** The first place from here on that is neither white space nor a comment. */
export function skipBlanks(sql: string, position: number): number {
  for (const pattern of BLANKS) {
    const end = findMatchEnd(pattern, sql, position);
    if (end > position) return skipBlanks(sql, end);
  }
  return position;
}

/** The token at a place that is no blank. */
export function readToken(sql: string, position: number): Token {
  for (const [pattern, kind] of PIECES) {
    const end = findMatchEnd(pattern, sql, position);
    if (end !== -1) return makeToken(kind, sql, { start: position, end });
  }
  return makeToken("punctuation", sql, { start: position, end: position + 1 });
}

/**
 * Splits SQL text into tokens; never fails, because the server finds out for itself.
 *
 * @example
 * tokenize("SELECT 'it\\'s' -- one").map((token) => token.text); // ["SELECT", "'it\\'s'"]
 */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let position = skipBlanks(sql, 0); position < sql.length;) {
    const token = readToken(sql, position);
    tokens.push(token);
    position = skipBlanks(sql, token.end);
  }
  return tokens;
}
