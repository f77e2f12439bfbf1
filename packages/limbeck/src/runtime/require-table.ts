import { operationErrors } from "../kernel/errors/operation-errors.ts";
import { findTable, type Schema } from "../schema/model/schema.ts";
import type { Table } from "../schema/model/table.ts";
import { spellTableName } from "./spell-tables.ts";

/**
 * The table of that name.
 *
 * @param fold whether the engine takes `Todos` and `todos` for one
 * @throws OperationError when the schema has no such table
 */
export function requireTable(schema: Schema, name: string, fold: boolean): Table {
  const table = findTable(schema, fold ? spellTableName(name, schema) : name);
  if (!table) throw operationErrors.tableNotFound({ table: name, tables: schema.tables.map((one) => one.name) });
  return table;
}
