import { makeToken, type Token as SqlToken } from "../../../dialect/token.ts";

/** What a piece of SQL text is. */
export type TokenKind =
  /** A bare name or a keyword. */
  | "word"
  /** A name in double quotes, backticks or brackets. */
  | "quotedName"
  /** Text in single quotes. */
  | "string"
  | "blob"
  | "number"
  /** A placeholder: `?`, `?1`, `:name`, `@name`, `$name`. */
  | "variable"
  /** An operator or a separator. */
  | "punctuation"
  /** A quotation mark that nothing closes. */
  | "unclosed";

/** One piece of SQL text, comments and white space left out. */
export type Token = SqlToken<TokenKind>;

/**
 * SQLite's tokens. A byte order mark is white space, all characters beyond ASCII are letters, brackets quote, numbers may be
 * grouped with `_`, and a block comment may be left open at the end. https://www.sqlite.org/draft/tokenreq.html
 * The bodies of quotes are unrolled loops, so that a string of megabytes does not exhaust the expression's stack.
 */
const BLANK = /(?:[ \t\n\f\r\uFEFF]+|--[^\n]*|\/\*[^*]*(?:\*+[^*/][^*]*)*(?:\*+\/|\**$))*/y;
const NAME_CHARACTERS = String.raw`[A-Za-z0-9_$\u0080-\uFFFF]`;
const TOKEN = new RegExp(
  [
    String.raw`[xX]'[0-9A-Fa-f]*'`,
    String.raw`[A-Za-z_\u0080-\uFFFF]${NAME_CHARACTERS}*`,
    String.raw`0[xX][0-9A-Fa-f_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?`,
    "'[^']*(?:''[^']*)*'",
    '"[^"]*(?:""[^"]*)*"|`[^`]*(?:``[^`]*)*`|\\[[^\\]]*\\]',
    String.raw`\?\d*|[:@#$]${NAME_CHARACTERS}+`,
    String.raw`->>|->|\|\||<<|>>|<=|<>|!=|>=|==|[^]`,
  ].join("|"),
  "y",
);

/**
 * Splits SQL text into tokens; never fails, since SQLite too finds out later.
 *
 * @example
 * tokenize("SELECT 1 -- one").map((token) => token.text); // ["SELECT", "1"]
 */
export function tokenize(sql: string): readonly Token[] {
  const blank = new RegExp(BLANK);
  const pattern = new RegExp(TOKEN);
  const tokens: Token[] = [];
  let position = skipBlank(blank, sql, 0);
  while (position < sql.length) {
    pattern.lastIndex = position;
    const match = pattern.exec(sql);
    if (match === null) break;
    const [text] = match;
    const kind = findKind(text);
    const end = position + text.length;
    tokens.push(makeToken(kind, sql, { start: position, end }));
    position = skipBlank(blank, sql, end);
  }
  return tokens;
}

function skipBlank(blank: RegExp, sql: string, position: number): number {
  blank.lastIndex = position;
  blank.exec(sql);
  return blank.lastIndex;
}

/** What a token is shows in its first character, and for some in the last. */
function findKind(text: string): TokenKind {
  const code = text.charCodeAt(0);
  if (isLetter(code)) return text.endsWith("'") ? "blob" : "word";
  if (isDigit(code)) return "number";
  if (text.length === 1) return findSymbolKind(text);
  switch (text[0]) {
    case "'":
      return "string";
    case '"':
    case "`":
    case "[":
      return "quotedName";
    case ".":
      return "number";
    case "?":
    case ":":
    case "@":
    case "#":
    case "$":
      return "variable";
    default:
      return "punctuation";
  }
}

function findSymbolKind(symbol: string): TokenKind {
  if (symbol === "?") return "variable";
  return symbol === "'" || symbol === '"' || symbol === "`" || symbol === "[" ? "unclosed" : "punctuation";
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The name that a word, a quoted name or, as SQLite allows, a string stands for. */
export function readName(token: Token): string {
  const { text } = token;
  switch (text[0]) {
    case "[":
      return text.slice(1, -1);
    case '"':
    case "'":
    case "`":
      return text.slice(1, -1).replaceAll(text[0] + text[0], text[0]);
    default:
      return text;
  }
}
