import type { Column } from "../../schema/model/column.ts";
import type { Operation, OperationMap, TableOperation } from "../operation.ts";
import { says, saysOf, wantsValues } from "./wants-values.ts";

type Addition = OperationMap["addColumn"];
type Group = OperationMap["alterTable"];
type Tightens = (change: OperationMap["setTableOptions"]) => boolean;

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

const forbidNull = ({ table, column }: Addition): OperationMap["alterColumn"] => ({
  kind: "alterColumn",
  table,
  from: { ...column, nullable: true },
  to: column,
});

/** What is said of a table by the name of a new index asks for columns that are never NULL, where the index is to identify rows. */
function namesNewIndex(operation: Operation, operations: readonly Operation[]): boolean {
  if (operation.kind !== "setTableOptions") return false;
  return operations.some((one) => one.kind === "createIndex" && says(operation.to, one.index.name));
}

/** The columns that a change makes, takes away, or makes others of. */
function listChanged(one: TableOperation): readonly string[] {
  if (one.kind === "addColumn" || one.kind === "dropColumn") return [one.column.name];
  if (one.kind === "alterColumn") return [one.from.name, one.to.name];
  return one.kind === "renameColumn" ? [one.from, one.to] : [];
}

/** Whether two columns come to the same place, where the one that is added last comes first. */
const goToOnePlace = (first: TableOperation, second: TableOperation): boolean =>
  first.kind === "addColumn" &&
  second.kind === "addColumn" &&
  first.after !== undefined &&
  first.after === second.after;

/** Whether two changes have to stay in their order, because one has to do with a column that the other one changes. */
const areBound = (first: TableOperation, second: TableOperation): boolean =>
  goToOnePlace(first, second) ||
  listChanged(first).some((column) => saysOf(second, column)) ||
  listChanged(second).some((column) => saysOf(first, column));

/** The changes that rows pass only when they have values in the new columns before them, and what has to come behind those. */
function findLate(
  singles: readonly TableOperation[],
  isSpread: (one: TableOperation) => boolean,
): readonly TableOperation[] {
  const open: string[] = [];
  const late: TableOperation[] = [];
  for (const one of singles) {
    if (wantsValues(one, open) || late.some((other) => areBound(other, one))) late.push(one);
    else if (one.kind === "addColumn" && isSpread(one)) open.push(one.column.name);
  }
  return late;
}

/** Options that ask more of the columns than before, where one of these is still as it was. */
const waitsForColumns = (one: TableOperation, late: readonly TableOperation[], tightens: Tightens): boolean =>
  one.kind === "setTableOptions" &&
  tightens(one) &&
  late.some(({ kind }) => kind === "alterColumn" || kind === "dropColumn");

/** Takes the changes of a table apart. What is late comes in one group, with what says that the columns may not be NULL: an engine that makes a table anew does so once. */
function spreadGroup(
  group: Group,
  isSpread: (one: TableOperation) => one is Addition,
  tightens: Tightens,
): readonly Operation[] {
  const singles = group.operations;
  const named = singles.filter((one) => namesNewIndex(one, singles));
  const others = singles.filter((one) => !named.includes(one));
  const waiting = findLate(others, isSpread);
  const late = others.filter((one) => waiting.includes(one) || waitsForColumns(one, waiting, tightens));
  const early = others.filter((one) => !late.includes(one));
  const spread = early.filter(isSpread);
  if (spread.length === 0) return [group];
  const first = { ...group, operations: early.map((one) => (isSpread(one) ? allowNull(one) : one)) };
  const last = [...late, ...named];
  const forbidden = spread.map(forbidNull);
  if (last.length === 0) return [first, ...forbidden];
  // What waits may itself add such columns, and ask for values in them.
  return [first, ...spreadGroup({ ...group, operations: [...forbidden, ...last] }, isSpread, tightens)];
}

/**
 * Takes additions of columns that may not be NULL, and have no default, apart: first the column comes, and may be NULL; then it may no longer. In between rows can
 * get their values; in one step some engines refuse rows that are there, and others make values up for them. A table that is new has no rows.
 *
 * @param tightens whether other options of a table ask more of its columns than those before. Default: none do
 *
 * @example
 * spreadAdditions([{ kind: "addColumn", table: "todos", column: { name: "due", type: { kind: "date" }, nullable: false } }]);
 * // add column due, NULL allowed; forbid NULL in due
 */
export function spreadAdditions(
  operations: readonly Operation[],
  tightens: Tightens = () => false,
): readonly Operation[] {
  const created = new Set(operations.flatMap((one) => (one.kind === "createTable" ? one.table.name : [])));
  const isSpread = (one: Operation, singles: readonly Operation[]): one is Addition =>
    one.kind === "addColumn" &&
    !created.has(one.table) &&
    asksForValues(one.column) &&
    !isKey(one, [...singles, ...operations]);
  return operations.flatMap((operation) =>
    operation.kind === "alterTable"
      ? spreadGroup(operation, (one) => isSpread(one, operation.operations), tightens)
      : isSpread(operation, [])
        ? [allowNull(operation), forbidNull(operation)]
        : [operation],
  );
}
