import { quoteLiteral } from "../quote.ts";
import { foldName } from "../../../kernel/fold-name.ts";
import { joinTokens } from "./token-reader.ts";
import { readName, tokenize } from "./tokenize.ts";
import type { Token } from "./tokenize.ts";

const ROWID_NAMES: ReadonlySet<string> = new Set(["rowid", "oid", "_rowid_"]);

/**
 * Writes as strings what SQLite takes for strings: a name in double quotes that is no column. Older databases hold such text, and SQLite
 * goes on reading it, but most builds refuse to create it anew, as a table rebuild has to.
 * https://www.sqlite.org/quirks.html#double_quoted_string_literals_are_accepted
 *
 * @param columns the names that an expression at this place can mean
 */
export function quoteStrings(expression: string, columns: readonly string[]): string {
  if (!expression.includes('"')) return expression;
  const names = new Set(columns.map((column) => foldName(column)));
  const tokens = tokenize(expression);
  const replaced = tokens.map((token, index) => (isString(tokens, index, names) ? quoteToken(token) : token));
  return joinTokens(expression, replaced);
}

function isString(tokens: readonly Token[], index: number, names: ReadonlySet<string>): boolean {
  const token = tokens[index];
  if (token?.kind !== "quotedName" || !token.text.startsWith('"')) return false;
  const before = tokens[index - 1];
  const behind = tokens[index + 1]?.text;
  if (before?.text === "." || before?.keyword === "COLLATE" || behind === "." || behind === "(") return false;
  const name = foldName(readName(token));
  return !names.has(name) && !ROWID_NAMES.has(name);
}

function quoteToken(token: Token): Token {
  return { ...token, kind: "string", text: quoteLiteral(readName(token)) };
}
