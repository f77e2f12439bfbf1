import type { Column } from "../../schema/model/column.ts";
import type { Operation, OperationMap } from "../operation.ts";

type Addition = OperationMap["addColumn"];

/** Whether rows that are there already would have to get a value that nothing says. */
function asksForValues({ nullable, default: given, generated, autoIncrement }: Column): boolean {
  return !nullable && given === undefined && generated === undefined && autoIncrement !== true;
}

/** Columns of a primary key are never NULL, whatever is said of them, and some are numbered by the engine. */
function isKey({ table, column }: Addition, operations: readonly Operation[]): boolean {
  return operations.some(
    (operation) =>
      operation.kind === "addConstraint" &&
      operation.table === table &&
      operation.constraint.kind === "primaryKey" &&
      operation.constraint.columns.includes(column.name),
  );
}

const allowNull = (addition: Addition): Addition => ({ ...addition, column: { ...addition.column, nullable: true } });

const forbidNull = ({ table, column }: Addition): Operation => ({
  kind: "alterColumn",
  table,
  from: { ...column, nullable: true },
  to: column,
});

/** Whether something is said anywhere in a value, as it is in the options of an index. */
const says = (value: unknown, word: string): boolean =>
  value === word ||
  (typeof value === "object" && value !== null && Object.values(value).some((one) => says(one, word)));

/** What is said of a table by the name of a new index asks for columns that are never NULL, where the index is to identify rows. */
function namesNewIndex(operation: Operation, operations: readonly Operation[]): boolean {
  if (operation.kind !== "setTableOptions") return false;
  return operations.some((one) => one.kind === "createIndex" && says(operation.to, one.index.name));
}

/** An index of places is only made over columns without NULL; a key from one new column to another of the table only where both allow it, or neither. */
function wantsNoNull(operation: Operation, spread: readonly Addition[]): boolean {
  const has = (column: string | undefined): boolean => spread.some((one) => one.column.name === column);
  if (operation.kind === "createIndex")
    return says(operation.index.options, "spatial") && operation.index.parts.some(({ column }) => has(column));
  if (operation.kind !== "addConstraint" || operation.constraint.kind !== "foreignKey") return false;
  const { columns, references } = operation.constraint;
  return references.table === operation.table && columns.some(has) && references.columns.some(has);
}

/**
 * Takes additions of columns that may not be NULL, and have no default, apart: first the column comes, and may be NULL; then it may no longer. In between rows can
 * get their values; in one step some engines refuse rows that are there, and others make values up for them. A table that is new has no rows.
 *
 * @example
 * spreadAdditions([{ kind: "addColumn", table: "todos", column: { name: "due", type: { kind: "date" }, nullable: false } }]);
 * // add column due, NULL allowed; forbid NULL in due
 */
export function spreadAdditions(operations: readonly Operation[]): readonly Operation[] {
  const created = new Set(operations.flatMap((one) => (one.kind === "createTable" ? one.table.name : [])));
  return operations.flatMap((operation): readonly Operation[] => {
    const singles = operation.kind === "alterTable" ? operation.operations : [operation];
    const spread = singles.filter(
      (one): one is Addition =>
        one.kind === "addColumn" &&
        !created.has(one.table) &&
        asksForValues(one.column) &&
        !isKey(one, [...singles, ...operations]),
    );
    if (spread.length === 0) return [operation];
    const allow = <One extends Operation>(one: One): One | Addition =>
      one.kind === "addColumn" && spread.some((other) => other.column === one.column) ? allowNull(one) : one;
    if (operation.kind !== "alterTable") return [allow(operation), ...spread.map(forbidNull)];
    const late = singles.filter((one) => wantsNoNull(one, spread));
    const last = [...late, ...singles.filter((one) => namesNewIndex(one, singles))];
    const others = operation.operations.filter((one) => !last.includes(one));
    return [{ ...operation, operations: others.map(allow) }, ...spread.map(forbidNull), ...last];
  });
}
