import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { readName, tokenize } from "./tokenize.ts";
import type { Token } from "./tokenize.ts";

/** Reads one SQL statement from its first token to its last; the parsers share one and move it forward. */
export class TokenReader {
  /** The whole statement. */
  readonly sql: string;
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(sql: string) {
    this.sql = sql;
    this.#tokens = tokenize(sql);
  }

  /** Index of the next token; see {@link textSince} and {@link tokensSince}. */
  get position(): number {
    return this.#index;
  }

  /** The next token, or one further on. */
  peek(offset = 0): Token | undefined {
    return this.#tokens[this.#index + offset];
  }

  /** The next token, which is taken. */
  take(expected: string): Token {
    const token = this.#tokens[this.#index];
    if (token === undefined) throw this.failure(expected);
    this.#index += 1;
    return token;
  }

  /** Whether the next tokens are these keywords. */
  isAt(...keywords: readonly string[]): boolean {
    return keywords.every((keyword, offset) => this.#tokens[this.#index + offset]?.keyword === keyword);
  }

  /** Takes these keywords if they are next. */
  accept(...keywords: readonly string[]): boolean {
    if (!this.isAt(...keywords)) return false;
    this.#index += keywords.length;
    return true;
  }

  /** Takes the keyword that is next, if it is one of these. */
  acceptOneOf(keywords: readonly string[]): string | undefined {
    const keyword = this.peek()?.keyword;
    if (keyword === undefined || !keywords.includes(keyword)) return undefined;
    this.#index += 1;
    return keyword;
  }

  /** @throws ConnectionError (unreadableSql) when something else is next */
  expect(...keywords: readonly string[]): void {
    if (!this.accept(...keywords)) throw this.failure(keywords.join(" "));
  }

  isAtSymbol(symbol: string): boolean {
    const token = this.peek();
    return token?.kind === "punctuation" && token.text === symbol;
  }

  acceptSymbol(symbol: string): boolean {
    if (!this.isAtSymbol(symbol)) return false;
    this.#index += 1;
    return true;
  }

  /** @throws ConnectionError (unreadableSql) when something else is next */
  expectSymbol(symbol: string): void {
    if (!this.acceptSymbol(symbol)) throw this.failure(symbol);
  }

  /** Whether the next token can be a name: SQLite takes strings for names too. */
  isAtName(): boolean {
    const kind = this.peek()?.kind;
    return kind === "word" || kind === "quotedName" || kind === "string";
  }

  /** @throws ConnectionError (unreadableSql) when something else is next */
  takeName(expected: string): string {
    if (!this.isAtName()) throw this.failure(expected);
    return readName(this.take(expected));
  }

  /**
   * Takes everything from an opening parenthesis to the one that closes it.
   *
   * @returns the text between them
   */
  takeParentheses(): string {
    this.expectSymbol("(");
    const start = this.#index;
    this.skipUntil(() => false);
    const text = this.textSince(start);
    this.expectSymbol(")");
    return text;
  }

  /** Skips to a token outside all parentheses for which `isEnd` holds, or to the parenthesis that closes the current ones. */
  skipUntil(isEnd: (token: Token) => boolean): void {
    let depth = 0;
    for (let token = this.peek(); token !== undefined; token = this.peek()) {
      if (depth === 0 && (token.text === ")" || isEnd(token))) return;
      if (token.text === "(") depth += 1;
      if (token.text === ")") depth -= 1;
      this.#index += 1;
    }
    if (depth > 0) throw this.failure(")");
  }

  tokensSince(position: number): readonly Token[] {
    return this.#tokens.slice(position, this.#index);
  }

  /** The text from a token to the last one taken, verbatim but for comments. */
  textSince(position: number): string {
    return joinTokens(this.sql, this.tokensSince(position));
  }

  /** The text from the next token to the last one, comments inside included. */
  takeRest(): string {
    const from = this.peek();
    const to = this.#tokens.at(this.#tokens.at(-1)?.text === ";" ? -2 : -1);
    if (from === undefined || to === undefined || to.end < from.end) throw this.failure("more");
    this.#index = this.#tokens.length;
    return this.sql.slice(from.start, to.end);
  }

  /** @throws ConnectionError (unreadableSql) when anything but a semicolon is left */
  expectEnd(): void {
    this.acceptSymbol(";");
    if (this.peek() !== undefined) throw this.failure("the end");
  }

  /** The error for what is next, when something else was expected. */
  failure(expected: string): Error {
    const next = this.peek();
    return connectionErrors.unreadableSql({
      sql: this.sql,
      expected,
      found: next === undefined ? "the end" : next.text,
    });
  }
}

/** The text of neighbouring tokens as it stands in a statement; a comment between them becomes a space. */
export function joinTokens(sql: string, tokens: readonly Token[]): string {
  let text = "";
  let end = tokens[0]?.start ?? 0;
  for (const token of tokens) {
    const gap = sql.slice(end, token.start);
    // A gap holds white space and comments only, and each comment has one of these characters.
    text += /[-/]/.test(gap) ? ` ${token.text}` : gap + token.text;
    ({ end } = token);
  }
  return text;
}
