import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import type { Column } from "../../schema/model/column.ts";
import type { Schema } from "../../schema/model/schema.ts";
import { findColumn, type Table } from "../../schema/model/table.ts";
import type { OperationMap } from "../operation.ts";
import { findColumnUsers } from "./column-users.ts";
import { insertAt, requireColumn, requireTable, updateTable } from "./edit-schema.ts";
import { isSameData, showData } from "./same-data.ts";

function refuseTakenColumn(table: Table, name: string): void {
  if (findColumn(table, name)) throw operationErrors.alreadyExists({ object: `column "${name}"`, table: table.name });
}

function refuseOtherColumn(table: Table, expected: Column): void {
  const found = requireColumn(table, expected.name);
  if (isSameData(expected, found)) return;
  throw operationErrors.definitionDiffers({
    object: `column "${table.name}.${expected.name}"`,
    expected: showData(expected),
    found: showData(found),
  });
}

function findPosition(table: Table, after: string | null | undefined): number {
  if (after === undefined) return table.columns.length;
  if (after === null) return 0;
  return table.columns.indexOf(requireColumn(table, after)) + 1;
}

/** Adds a column where `after` says. */
export function applyAddColumn({ table, column, after }: OperationMap["addColumn"], schema: Schema): Schema {
  return updateTable(schema, table, (found) => {
    refuseTakenColumn(found, column.name);
    return { ...found, columns: insertAt(found.columns, findPosition(found, after), column) };
  });
}

/**
 * Takes a column away.
 *
 * @throws OperationError (columnInUse) while anything of the tables names it; views and triggers are the engine's to check
 */
export function applyDropColumn({ table, column }: OperationMap["dropColumn"], schema: Schema): Schema {
  const found = requireTable(schema, table);
  refuseOtherColumn(found, column);
  const users = findColumnUsers(schema, found, column.name);
  if (users.length > 0) {
    throw operationErrors.columnInUse({
      table,
      column: column.name,
      usedBy: users.map(({ object }) => object),
      fix: users.map(({ fix }) => fix),
    });
  }
  return updateTable(schema, table, (one) => ({
    ...one,
    columns: one.columns.filter(({ name }) => name !== column.name),
  }));
}

/** Gives a column another type, default and so on; its name and place stay. */
export function applyAlterColumn({ table, from, to }: OperationMap["alterColumn"], schema: Schema): Schema {
  if (from.name !== to.name) {
    throw operationErrors.definitionDiffers({
      object: `changed column "${table}.${from.name}"`,
      expected: "the name to stay (a rename is an operation of its own)",
      found: `"${to.name}"`,
    });
  }
  return updateTable(schema, table, (found) => {
    refuseOtherColumn(found, from);
    return { ...found, columns: found.columns.map((column) => (column.name === from.name ? to : column)) };
  });
}
