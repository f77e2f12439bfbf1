import { findTable, type Schema } from "../../schema/model/schema.ts";
import type { OperationMap } from "../operation.ts";
import { requireTable } from "./edit-schema.ts";

/** Puts the table of parked rows among the others, as far as anybody asks what it is like. */
function addParkedTable(schema: Schema, name: string, like: string): Schema {
  if (findTable(schema, name)) return schema;
  const columns = requireTable(schema, like)
    .columns.filter(({ generated }) => generated === undefined)
    .map((column) => ({ name: column.name, type: column.type, nullable: true }));
  return { ...schema, tables: [...schema.tables, { name, columns, constraints: [], indexes: [] }] };
}

/** Parked rows are back, and their table is gone. */
export function removeParkedTable({ parkedIn, isEmpty }: OperationMap["enableSoftDelete"], schema: Schema): Schema {
  if (isEmpty) return schema;
  return { ...schema, tables: schema.tables.filter(({ name }) => name !== parkedIn) };
}

/** Deleted rows are parked, in a table of their own. */
export function prepareParkedTable(
  { table, parkedIn, isEmpty }: OperationMap["disableSoftDelete"],
  schema: Schema,
): Schema {
  return isEmpty ? schema : addParkedTable(schema, parkedIn, table);
}
