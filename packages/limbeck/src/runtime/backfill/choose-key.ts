import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import type { Column } from "../../schema/model/column.ts";
import type { Table } from "../../schema/model/table.ts";
import type { BackfillRequest } from "./backfill-options.ts";

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name) => other.includes(name));

/** Whether no two rows of a table can agree in these columns, NULL left aside. */
function isUnique({ constraints, indexes }: Table, columns: readonly string[]): boolean {
  const byConstraint = constraints.some(
    (one) => (one.kind === "primaryKey" || one.kind === "unique") && isSame(one.columns, columns),
  );
  const byIndex = indexes.some(
    ({ unique, where, parts }) =>
      unique &&
      where === undefined &&
      isSame(
        parts.map(({ column }) => column ?? ""),
        columns,
      ),
  );
  return byConstraint || byIndex;
}

/**
 * The columns in whose order a backfill goes.
 *
 * @throws OperationError when rows could be met twice, or never
 */
export function chooseKey(table: Table, { key, set }: BackfillRequest): readonly Column[] {
  const primary = table.constraints.find((one) => one.kind === "primaryKey");
  const names = key ?? primary?.columns ?? [];
  const refuse = (problem: string): Error => operationErrors.backfillKey({ table: table.name, key: names, problem });
  if (names.length === 0) throw refuse("the table has no primary key");
  const columns = names.map((name) => {
    const column = table.columns.find((one) => one.name === name);
    if (column) return column;
    throw operationErrors.columnNotFound({
      table: table.name,
      column: name,
      columns: table.columns.map((one) => one.name),
    });
  });
  if (!isUnique(table, names)) throw refuse("two rows may agree in it");
  const nullable = columns.find((column) => column.nullable);
  if (nullable) throw refuse(`"${nullable.name}" may be NULL, and such rows would be left out`);
  const changed = names.find((name) => Object.hasOwn(set, name));
  if (changed !== undefined) throw refuse(`"${changed}" is changed itself, so that rows would change their place`);
  return columns;
}
