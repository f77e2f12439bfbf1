import type { ColumnDefault } from "../../../schema/model/column.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import { findAffinity } from "../affinity.ts";
import { findNowExpression } from "../now.ts";
import { quoteLiteral } from "../quote.ts";
import { renderType } from "../types.ts";
import { parseJsonLiteral } from "./parse-json-literal.ts";
import { parseNumberLiteral } from "./parse-number-literal.ts";
import { parseTextExpression } from "./parse-text-expression.ts";
import { stripParentheses } from "./strip-parentheses.ts";
import type { TokenReader } from "./token-reader.ts";
import { readName } from "./tokenize.ts";
import type { Token } from "./tokenize.ts";

const CLOCKS: ReadonlySet<string> = new Set(["CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP"]);

/**
 * Reads what follows DEFAULT: a literal, a signed literal, a bare name (which SQLite takes for text) or an expression in
 * parentheses. Literals become values where the model can hold them exactly, everything else stays SQL.
 *
 * @param type the type of the column, which says what a literal means: 1 is `true` for a boolean
 * @returns undefined for DEFAULT NULL, which is what a column without a default has
 */
export function parseDefault(reader: TokenReader, type: ColumnType): ColumnDefault | undefined {
  if (reader.isAtSymbol("(")) return parseParenthesized(reader, type);
  const start = reader.position;
  const isSigned = reader.acceptSymbol("-") || reader.acceptSymbol("+");
  const token = reader.take("a default");
  const isName = token.kind === "quotedName" || (token.kind === "word" && !isLiteralKeyword(token));
  if (isName && !isSigned) return interpretText(readName(token), type);
  return interpret(reader.tokensSince(start), reader.textSince(start), type);
}

function parseParenthesized(reader: TokenReader, type: ColumnType): ColumnDefault | undefined {
  const start = reader.position;
  const text = reader.takeParentheses();
  return interpret(stripParentheses(reader.tokensSince(start)), text, type);
}

function isLiteralKeyword({ keyword }: Token): boolean {
  return keyword === "NULL" || keyword === "TRUE" || keyword === "FALSE" || CLOCKS.has(keyword);
}

/** @param tokens the default without parentheses around it */
function interpret(tokens: readonly Token[], text: string, type: ColumnType): ColumnDefault | undefined {
  const [first, second] = tokens;
  if (text === findNowExpression(type)) return { kind: "now" };
  if (first !== undefined && tokens.length === 1) return interpretToken(first, text, type);
  const isSigned = tokens.length === 2 && (first?.text === "-" || first?.text === "+");
  if (isSigned && second?.kind === "number") return interpretNumber(first.text + second.text, text, type);
  const value = parseTextExpression(tokens);
  return value === undefined ? { kind: "expression", sql: text } : interpretText(value, type);
}

function interpretToken(token: Token, text: string, type: ColumnType): ColumnDefault | undefined {
  if (token.kind === "number") return interpretNumber(token.text, text, type);
  if (token.kind === "string") return interpretText(readName(token), type);
  // A default cannot name a column, so what looks like a name in double quotes is text.
  if (token.kind === "quotedName" && token.text.startsWith('"')) return interpretText(readName(token), type);
  if (token.keyword === "NULL") return undefined;
  if (token.keyword === "TRUE") return { kind: "value", value: type.kind === "boolean" ? true : 1 };
  if (token.keyword === "FALSE") return { kind: "value", value: type.kind === "boolean" ? false : 0 };
  return { kind: "expression", sql: CLOCKS.has(token.keyword) ? token.keyword : text };
}

function interpretNumber(number: string, text: string, type: ColumnType): ColumnDefault {
  const value = parseNumberLiteral(number, findAffinity(renderType(type)));
  if (value === undefined) return { kind: "expression", sql: text };
  if (type.kind === "boolean" && (value === 0 || value === 1)) return { kind: "value", value: value === 1 };
  return { kind: "value", value };
}

function interpretText(value: string, type: ColumnType): ColumnDefault {
  if (type.kind !== "json") return { kind: "value", value };
  const json = parseJsonLiteral(value);
  return json === undefined ? { kind: "expression", sql: quoteLiteral(value) } : { kind: "value", value: json };
}
