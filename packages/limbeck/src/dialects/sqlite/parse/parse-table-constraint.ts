import type { CheckConstraint, PrimaryKey, UniqueConstraint } from "../../../schema/model/constraint.ts";
import { omitUndefined } from "./omit-undefined.ts";
import { parseConflict } from "./parse-conflict.ts";
import { parseKeyColumns } from "./parse-key-columns.ts";
import { parseDeferrable, parseNames, parseReferences } from "./parse-references.ts";
import { sqliteOptions } from "./sqlite-options.ts";
import { deferLastForeignKey } from "./table-draft.ts";
import type { TableDraft } from "./table-draft.ts";
import type { TokenReader } from "./token-reader.ts";

/**
 * Reads one constraint of the table. https://www.sqlite.org/syntax/table-constraint.html
 *
 * @returns false when there is none
 */
export function parseTableConstraint(reader: TokenReader, table: TableDraft): boolean {
  const name = reader.accept("CONSTRAINT") ? reader.takeName("the name of a constraint") : undefined;
  if (reader.accept("PRIMARY", "KEY")) {
    parsePrimaryKey(reader, table, name);
  } else if (reader.accept("UNIQUE")) {
    const { columns, termSuffixes } = parseKeyColumns(reader, listNames(table));
    const options = sqliteOptions({ onConflict: parseConflict(reader), termSuffixes });
    table.constraints.push(omitUndefined<UniqueConstraint>({ kind: "unique", name, columns, options }));
  } else if (reader.accept("CHECK")) {
    const expression = reader.takeParentheses();
    const options = sqliteOptions({ onConflict: parseConflict(reader) });
    table.constraints.push(omitUndefined<CheckConstraint>({ kind: "check", name, expression, options }));
  } else if (reader.accept("FOREIGN", "KEY")) {
    parseForeignKey(reader, table, name);
  } else {
    return name !== undefined;
  }
  return true;
}

function listNames(table: TableDraft): readonly string[] {
  return table.columns.map((column) => column.name);
}

function parsePrimaryKey(reader: TokenReader, table: TableDraft, name: string | undefined): void {
  const { columns, termSuffixes, autoIncrement } = parseKeyColumns(reader, listNames(table));
  const options = sqliteOptions({ onConflict: parseConflict(reader), termSuffixes });
  table.constraints.push(omitUndefined<PrimaryKey>({ kind: "primaryKey", name, columns, options }));
  const index = table.columns.findIndex((column) => column.name === columns[0]);
  const column = table.columns[index];
  if (autoIncrement && column !== undefined) table.columns[index] = { ...column, autoIncrement };
}

function parseForeignKey(reader: TokenReader, table: TableDraft, name: string | undefined): void {
  const columns = parseNames(reader);
  reader.expect("REFERENCES");
  table.constraints.push(parseReferences(reader, columns, name));
  const deferrable = parseDeferrable(reader);
  if (deferrable !== undefined) deferLastForeignKey(table, deferrable);
}
