import { findMatchEnd, makeToken, type Token as SqlToken } from "../../../dialect/token.ts";

/** What a piece of SQL text is. */
export type TokenKind =
  /** A bare name or a keyword. */
  | "word"
  | "quotedName"
  /** Text in single quotes or between dollars. */
  | "string"
  | "number"
  /** A placeholder: `$1`. */
  | "parameter"
  /** An operator's character or a separator. */
  | "punctuation"
  /** A quotation mark, dollar quote or comment that nothing closes; goes to the end of the text. */
  | "unclosed";

/** One piece of SQL text, comments and white space left out. */
export type Token = SqlToken<TokenKind>;

/** https://www.postgresql.org/docs/current/sql-syntax-lexical.html */
const BLANK = /(?:\s|--[^\n]*)+/y;
const WORD = /[\p{L}_\u0080-\uFFFF][\p{L}\p{N}_$\u0080-\uFFFF]*/uy;
const NUMBER = /(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y;
const PARAMETER = /\$\d+/y;
const DOLLAR_QUOTE = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const ESCAPE_STRING = /[eE]'(?:[^'\\]|\\[^]|'')*(?:'|$)/y;
const PLAIN_STRING = /(?:[bBnNxX]|[uU]&)?'[^']*(?:''[^']*)*(?:'|$)/y;
const QUOTED_NAME = /(?:[uU]&)?"[^"]*(?:""[^"]*)*(?:"|$)/y;

/** Where a block comment ends; they nest. -1 when it is not closed. */
function endOfComment(sql: string, position: number): number {
  let depth = 0;
  for (let at = position; at < sql.length;) {
    const isOpening = sql.startsWith("/*", at);
    if (isOpening || sql.startsWith("*/", at)) {
      depth += isOpening ? 1 : -1;
      at += 2;
      if (depth === 0) return at;
    } else {
      at += 1;
    }
  }
  return -1;
}

function readDollarQuote(
  sql: string,
  position: number,
): { readonly kind: TokenKind; readonly end: number } | undefined {
  const open = findMatchEnd(DOLLAR_QUOTE, sql, position);
  if (open === -1) return undefined;
  const tag = sql.slice(position, open);
  const close = sql.indexOf(tag, open);
  return close === -1 ? { kind: "unclosed", end: sql.length } : { kind: "string", end: close + tag.length };
}

const QUOTES: readonly (readonly [RegExp, TokenKind, string])[] = [
  [ESCAPE_STRING, "string", "'"],
  [PLAIN_STRING, "string", "'"],
  [QUOTED_NAME, "quotedName", '"'],
];

function readQuote(sql: string, position: number): { readonly kind: TokenKind; readonly end: number } | undefined {
  for (const [pattern, kind, mark] of QUOTES) {
    const end = findMatchEnd(pattern, sql, position);
    if (end === -1) continue;
    const open = sql.indexOf(mark, position);
    // The end of the text closes nothing; the opening mark alone is no closing one.
    const isClosed = sql[end - 1] === mark && end - 1 > open;
    return { kind: isClosed ? kind : "unclosed", end };
  }
  return undefined;
}

function readPiece(sql: string, position: number): { readonly kind: TokenKind; readonly end: number } {
  const quote = readQuote(sql, position) ?? readDollarQuote(sql, position);
  if (quote) return quote;
  const patterns: readonly (readonly [RegExp, TokenKind])[] = [
    [WORD, "word"],
    [NUMBER, "number"],
    [PARAMETER, "parameter"],
  ];
  for (const [pattern, kind] of patterns) {
    const end = findMatchEnd(pattern, sql, position);
    if (end !== -1) return { kind, end };
  }
  return { kind: "punctuation", end: position + 1 };
}

/**
 * Splits SQL text into tokens; never fails, because the server finds out for itself.
 *
 * @example
 * tokenize("SELECT $$it's$$ -- one").map((token) => token.text); // ["SELECT", "$$it's$$"]
 */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let position = 0; position < sql.length;) {
    const blank = findMatchEnd(BLANK, sql, position);
    if (blank !== -1) {
      position = blank;
      continue;
    }
    const isComment = sql.startsWith("/*", position);
    const comment = isComment ? endOfComment(sql, position) : -1;
    if (comment !== -1) {
      position = comment;
      continue;
    }
    const { kind, end } = isComment ? { kind: "unclosed" as const, end: sql.length } : readPiece(sql, position);
    tokens.push(makeToken(kind, sql, { start: position, end }));
    position = end;
  }
  return tokens;
}
