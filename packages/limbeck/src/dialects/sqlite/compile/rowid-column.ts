import { findColumn, findPrimaryKey, type Table } from "../../../schema/model/table.ts";
import { foldName } from "../../../kernel/fold-name.ts";
import { renderType } from "../types.ts";
import { readOptions } from "./read-options.ts";

/** What the rowid is called, in any case, unless a column has taken the name. https://www.sqlite.org/rowidtable.html */
export const ROWID_NAMES = ["rowid", "_rowid_", "oid"] as const;

/** Whether the rows of a table have a rowid. https://www.sqlite.org/withoutrowid.html */
export function hasRowid(table: Table): boolean {
  return readOptions(table.options, "table", `Table "${table.name}"`).withoutRowid !== true;
}

/**
 * The column that is the rowid itself: the only one of the primary key, of exactly the type INTEGER.
 * https://www.sqlite.org/lang_createtable.html#rowids_and_the_integer_primary_key
 */
export function findRowidColumn(table: Table): string | undefined {
  const key = findPrimaryKey(table);
  const name = key?.columns[0];
  if (!key || name === undefined || key.columns.length > 1 || !hasRowid(table)) return undefined;
  if (readOptions(key.options, "primaryKey", `The primary key of "${table.name}"`).inline) return undefined;
  const column = findColumn(table, name);
  return column && renderType(column.type).toUpperCase() === "INTEGER" ? name : undefined;
}

/** A name under which SQL reaches the rowid: one that no column has taken; undefined when all are taken or there is no rowid. */
export function findRowidName(table: Table): string | undefined {
  if (!hasRowid(table)) return undefined;
  const taken = new Set(table.columns.map(({ name }) => foldName(name)));
  return ROWID_NAMES.find((name) => !taken.has(name));
}
