import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import type { Column } from "../../schema/model/column.ts";
import { findTable, type Schema } from "../../schema/model/schema.ts";
import { findColumn, type Table } from "../../schema/model/table.ts";

/**
 * The table of that name.
 *
 * @throws OperationError (tableNotFound)
 */
export function requireTable(schema: Schema, name: string): Table {
  const table = findTable(schema, name);
  if (!table) throw operationErrors.tableNotFound({ table: name, tables: schema.tables.map((one) => one.name) });
  return table;
}

/**
 * The column of that name.
 *
 * @throws OperationError (columnNotFound)
 */
export function requireColumn(table: Table, name: string): Column {
  const column = findColumn(table, name);
  if (!column) {
    const columns = table.columns.map((one) => one.name);
    throw operationErrors.columnNotFound({ table: table.name, column: name, columns });
  }
  return column;
}

/**
 * Refuses a name that a table or a view already has: they share their names on every engine.
 *
 * @throws OperationError (alreadyExists)
 */
export function refuseTakenName(schema: Schema, name: string): void {
  if (findTable(schema, name)) throw operationErrors.alreadyExists({ object: `table "${name}"` });
  if (schema.views.some((view) => view.name === name))
    throw operationErrors.alreadyExists({ object: `view "${name}"` });
}

/** The schema with one of its tables changed. */
export function updateTable(schema: Schema, name: string, change: (table: Table) => Table): Schema {
  const changed = change(requireTable(schema, name));
  return { ...schema, tables: schema.tables.map((table) => (table.name === name ? changed : table)) };
}

/** A list with one element put at a position. */
export function insertAt<Element>(list: readonly Element[], position: number, element: Element): readonly Element[] {
  return list.toSpliced(position, 0, element);
}

/** An object without one of its optional keys, or with the key set. */
export function setOrRemove<Target extends object, Key extends keyof Target>(
  target: Target,
  key: Key,
  value: Target[Key] | null,
): Target {
  const { [key]: _removed, ...rest } = target;
  // Only optional keys are ever taken away, which the type parameter cannot say.
  return (value === null ? rest : { ...rest, [key]: value }) as Target;
}
