import type { IndexPart, TableIndex } from "../../../schema/model/table-index.ts";
import { omitUndefined } from "./omit-undefined.ts";
import { parseCreate } from "./parse-create.ts";
import { parseIndexedTerm } from "./parse-indexed-term.ts";
import { quoteStrings } from "./quote-strings.ts";
import { TokenReader } from "./token-reader.ts";

/** An index and the table it belongs to. */
export interface ParsedIndex {
  readonly table: string;
  readonly index: TableIndex;
}

/**
 * Reads CREATE INDEX into the schema model.
 *
 * @param columns of the table: in the text alone a column can't be told from other words
 * @throws ConnectionError (unreadableSql)
 */
export function parseCreateIndex(sql: string, columns: readonly string[]): ParsedIndex {
  const reader = new TokenReader(sql);
  const { name, hasOption: unique } = parseCreate(reader, "INDEX", "UNIQUE");
  reader.expect("ON");
  const table = reader.takeName("the name of the table");
  const parts = parseParts(reader, columns);
  const where = reader.accept("WHERE") ? parseCondition(reader, columns) : undefined;
  reader.expectEnd();
  return { table, index: omitUndefined<TableIndex>({ name, parts, unique, where }) };
}

function parseParts(reader: TokenReader, columns: readonly string[]): readonly IndexPart[] {
  reader.expectSymbol("(");
  const parts: IndexPart[] = [];
  do {
    const start = reader.position;
    reader.skipUntil(({ text }) => text === ",");
    const tokens = reader.tokensSince(start);
    if (tokens.length === 0) throw reader.failure("a column or an expression");
    const part = parseIndexedTerm(reader.sql, tokens, columns);
    parts.push(part.expression === undefined ? part : { ...part, expression: quoteStrings(part.expression, columns) });
  } while (reader.acceptSymbol(","));
  reader.expectSymbol(")");
  return parts;
}

function parseCondition(reader: TokenReader, columns: readonly string[]): string {
  const start = reader.position;
  reader.skipUntil(({ text }) => text === ";");
  return quoteStrings(reader.textSince(start), columns);
}
