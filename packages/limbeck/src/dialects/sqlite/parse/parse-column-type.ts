import type { ColumnType } from "../../../schema/model/column-type.ts";
import { parseType } from "../types.ts";
import type { TokenReader } from "./token-reader.ts";
import { readName } from "./tokenize.ts";

/** The words that begin what may follow a type; most other words of SQL can be part of one. */
const NOT_IN_TYPES: ReadonlySet<string> = new Set([
  "CONSTRAINT",
  "DEFAULT",
  "NULL",
  "NOT",
  "ON",
  "PRIMARY",
  "UNIQUE",
  "CHECK",
  "REFERENCES",
  "COLLATE",
  "DEFERRABLE",
  "AS",
]);

/** Reads the type of a column; the empty raw type where there is none. https://www.sqlite.org/syntax/type-name.html */
export function parseColumnType(reader: TokenReader): ColumnType {
  const start = reader.position;
  while (reader.isAtName() && !endsType(reader)) reader.take("a type");
  const words = reader.tokensSince(start);
  if (words.length > 0 && reader.isAtSymbol("(")) reader.takeParentheses();
  const sql = reader.textSince(start);
  const [only] = reader.tokensSince(start);
  if (words.length !== 1 || only?.text !== sql || only.kind === "word") return parseType(sql);
  // A type in quotes is the type without them; kept with them where they may be needed.
  const type = parseType(readName(only));
  return type.kind === "raw" ? { kind: "raw", sql } : type;
}

function endsType(reader: TokenReader): boolean {
  const keyword = reader.peek()?.keyword ?? "";
  // GENERATED and ALWAYS are words like any other, except together.
  return NOT_IN_TYPES.has(keyword) || reader.isAt("GENERATED", "ALWAYS", "AS");
}
