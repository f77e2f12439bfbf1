import { operationErrors } from "../kernel/errors/operation-errors.ts";
import { findTable, type Schema } from "../schema/model/schema.ts";
import type { Table } from "../schema/model/table.ts";

/**
 * The table of that name.
 *
 * @throws OperationError when the schema has no such table
 */
export function requireTable(schema: Schema, name: string): Table {
  const table = findTable(schema, name);
  if (!table) throw operationErrors.tableNotFound({ table: name, tables: schema.tables.map((one) => one.name) });
  return table;
}
