import type { IndexPart } from "../../../schema/model/table-index.ts";
import { foldName } from "../../../kernel/fold-name.ts";
import { omitUndefined } from "./omit-undefined.ts";
import { findClosing, stripParentheses } from "./strip-parentheses.ts";
import { joinTokens } from "./token-reader.ts";
import { readName } from "./tokenize.ts";
import type { Token } from "./tokenize.ts";

/**
 * One term of an index or a key: a column or an expression, with its collation and order.
 *
 * @param sql the statement that the tokens come from
 * @param tokens of the term, without the comma or parenthesis behind it
 * @param columns the columns of the table: a name of another kind, NULL for example, is an expression
 */
export function parseIndexedTerm(sql: string, tokens: readonly Token[], columns: readonly string[]): IndexPart {
  const last = tokens.at(-1)?.keyword;
  const hasOrder = tokens.length > 1 && (last === "ASC" || last === "DESC");
  const order = hasOrder && last === "DESC" ? "desc" : undefined;
  const { tokens: rest, collation } = splitCollation(hasOrder ? tokens.slice(0, -1) : tokens);
  const column = findColumnName(rest, columns);
  const expression = column === undefined ? joinTokens(sql, rest) : undefined;
  return omitUndefined<IndexPart>({ column, expression, order, collation });
}

/**
 * Parentheses mean nothing here, so `((a) COLLATE NOCASE)` is the column a. Of several COLLATE the outermost counts, and only one that
 * applies to the whole term is the term's: in `a || b COLLATE NOCASE` it belongs to b, and stays in the expression.
 */
function splitCollation(tokens: readonly Token[]): { readonly tokens: readonly Token[]; readonly collation?: string } {
  const inner = stripParentheses(tokens);
  const name = inner.at(-1);
  const rest = inner.slice(0, -2);
  if (name === undefined || inner.at(-2)?.keyword !== "COLLATE" || !isPostfixOperand(rest)) return { tokens: inner };
  return { tokens: splitCollation(rest).tokens, collation: readName(name) };
}

/**
 * Whether a COLLATE behind these tokens applies to all of them: one name or literal, a call, parentheses, any of these behind a sign. All
 * other operators bind less. https://www.sqlite.org/lang_expr.html#operators_and_parse_affecting_attributes
 */
function isPostfixOperand(tokens: readonly Token[]): boolean {
  const [first] = tokens;
  if (first === undefined) return false;
  if (tokens.length === 1) return first.kind !== "punctuation";
  if (tokens.at(-2)?.keyword === "COLLATE") return isPostfixOperand(tokens.slice(0, -2));
  if (first.text === "-" || first.text === "+" || first.text === "~") return isPostfixOperand(tokens.slice(1));
  // NOT (a) COLLATE x is NOT ((a) COLLATE x).
  const isCall = (first.kind === "word" && first.keyword !== "NOT") || first.kind === "quotedName";
  return findClosing(tokens, isCall ? 1 : 0) === tokens.length - 1;
}

function findColumnName(tokens: readonly Token[], columns: readonly string[]): string | undefined {
  const [token] = tokens;
  if (token === undefined || tokens.length > 1) return undefined;
  // SQLite takes a string for a name here. https://www.sqlite.org/quirks.html#dblquote
  if (token.kind !== "word" && token.kind !== "quotedName" && token.kind !== "string") return undefined;
  const folded = foldName(readName(token));
  return columns.find((column) => foldName(column) === folded);
}
