import type { Column } from "../../schema/model/column.ts";
import type { Operation, OperationMap, TableOperation } from "../operation.ts";
import { says, saysOf, wantsValues } from "./wants-values.ts";

type Addition = OperationMap["addColumn"];
type Group = OperationMap["alterTable"];
type OptionsChange = OperationMap["setTableOptions"];

/** Takes a change of options apart: what comes while some columns are still as they were, and what when all are as they are to be. */
export type TakeOptionsApart = (change: OptionsChange) => Readonly<Record<"early" | "late", readonly OptionsChange[]>>;

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

const isOfKey = (one: TableOperation): boolean =>
  (one.kind === "addConstraint" || one.kind === "dropConstraint") && one.constraint.kind === "primaryKey";

/** The changes that rows pass only when they have values in the new columns before them, or that wait for another reason, and what has to come behind those. */
function collectLate(
  singles: readonly TableOperation[],
  isSpread: (one: TableOperation) => boolean,
  waits: (one: TableOperation) => boolean,
): readonly TableOperation[] {
  const open: string[] = [];
  const late: TableOperation[] = [];
  for (const one of singles) {
    if (waits(one) || wantsValues(one, open) || late.some((other) => areBound(other, one))) late.push(one);
    else if (one.kind === "addColumn" && isSpread(one)) open.push(one.column.name);
  }
  return late;
}

/** The changes that come late. A table keeps its key until it gets another one: some cannot be without. */
function findLate(
  singles: readonly TableOperation[],
  isSpread: (one: TableOperation) => boolean,
): readonly TableOperation[] {
  const late = collectLate(singles, isSpread, () => false);
  return late.some(isOfKey) ? collectLate(singles, isSpread, isOfKey) : late;
}

type InTime = Readonly<Record<"early" | "late", readonly TableOperation[]>>;

/** Changes in the order in which rows can go through them. */
function partInTime(
  singles: readonly TableOperation[],
  late: readonly TableOperation[],
  takeApart: TakeOptionsApart,
): InTime {
  const takeTime = (one: TableOperation): InTime => {
    if (late.includes(one)) return { early: [], late: [one] };
    return one.kind === "setTableOptions" && late.length > 0 ? takeApart(one) : { early: [one], late: [] };
  };
  const parts = singles.map(takeTime);
  return { early: parts.flatMap((part) => part.early), late: parts.flatMap((part) => part.late) };
}

/** Takes the changes of a table apart. What is late comes in one group, with what says that the columns may not be NULL: an engine that makes a table anew does so once. */
function spreadGroup(
  group: Group,
  isSpread: (one: TableOperation) => one is Addition,
  takeApart: TakeOptionsApart,
): readonly Operation[] {
  const singles = group.operations;
  const named = singles.filter((one) => namesNewIndex(one, singles));
  const others = singles.filter((one) => !named.includes(one));
  const { early, late } = partInTime(others, findLate(others, isSpread), takeApart);
  const spread = early.filter(isSpread);
  if (spread.length === 0) return [group];
  const first = { ...group, operations: early.map((one) => (isSpread(one) ? allowNull(one) : one)) };
  const last = [...late, ...named];
  const forbidden = spread.map(forbidNull);
  if (last.length === 0) return [first, ...forbidden];
  // What waits may itself add such columns, and ask for values in them.
  return [first, ...spreadGroup({ ...group, operations: [...forbidden, ...last] }, isSpread, takeApart)];
}

/**
 * Takes additions of columns that may not be NULL, and have no default, apart: first the column comes, and may be NULL; then it may no longer. In between rows can
 * get their values; in one step some engines refuse rows that are there, and others make values up for them. A table that is new has no rows.
 *
 * @param takeApart what of a change of options has to wait for columns. Default: nothing
 *
 * @example
 * spreadAdditions([{ kind: "addColumn", table: "todos", column: { name: "due", type: { kind: "date" }, nullable: false } }]);
 * // add column due, NULL allowed; forbid NULL in due
 */
export function spreadAdditions(
  operations: readonly Operation[],
  takeApart: TakeOptionsApart = (change) => ({ early: [change], late: [] }),
): readonly Operation[] {
  const created = new Set(operations.flatMap((one) => (one.kind === "createTable" ? one.table.name : [])));
  const isSpread = (one: Operation, singles: readonly Operation[]): one is Addition =>
    one.kind === "addColumn" &&
    !created.has(one.table) &&
    asksForValues(one.column) &&
    !isKey(one, [...singles, ...operations]);
  return operations.flatMap((operation) =>
    operation.kind === "alterTable"
      ? spreadGroup(operation, (one) => isSpread(one, operation.operations), takeApart)
      : isSpread(operation, [])
        ? [allowNull(operation), forbidNull(operation)]
        : [operation],
  );
}
