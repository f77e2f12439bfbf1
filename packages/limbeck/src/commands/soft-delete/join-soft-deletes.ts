import { listChanges, type Operation, type OperationMap, type TableOperation } from "../../ops/operation.ts";
import { nameParkedTable } from "../../ops/soft-delete/parked-table.ts";
import {
  isSameColumns,
  isSoftDeleteColumn,
  readLiveRule,
  readPlainUnique,
} from "../../ops/soft-delete/read-live-rule.ts";
import type { DiffRules } from "../../diff/diff-rules.ts";
import type { SoftDeletes } from "../../sources/schema-source.ts";
import { findTable, type Schema } from "../../schema/model/schema.ts";

interface JoinContext {
  /** Those of the models. */
  readonly softDeletes: SoftDeletes;
  readonly target: Schema;
  readonly rules: Pick<DiffRules, "namespaceOf">;
}

type SoftDelete = OperationMap["enableSoftDelete" | "disableSoftDelete"];

const isTableChange = (operation: Operation): operation is TableOperation => "table" in operation;

/** The changes that an operation makes of one table; none where it is about something else. */
function listTableChanges(operation: Operation): readonly TableOperation[] {
  if (operation.kind === "createTable" || operation.kind === "dropTable") return [];
  return listChanges(operation).filter(isTableChange);
}

/** The column of soft delete that comes or goes with some changes. */
function findColumn(changes: readonly TableOperation[], softDeletes: SoftDeletes) {
  for (const one of changes) {
    if (one.kind === "addColumn" && softDeletes.get(one.table) === one.column.name) {
      return { kind: "enableSoftDelete", table: one.table, column: one.column.name } as const;
    }
    // The models say no more which column it was; a rule for live rows does.
    if (one.kind === "dropColumn" && one.column.nullable && one.column.type.kind === "timestamp") {
      const { name } = one.column;
      const isRule = (other: TableOperation): boolean =>
        readLiveRule(other, name) !== undefined && (other.kind === "dropIndex" || other.kind === "dropConstraint");
      const hasIndexes = changes.some((other) => isRule(other));
      if (hasIndexes) return { kind: "disableSoftDelete", table: one.table, column: name } as const;
    }
  }
  return undefined;
}

/** Whether a change that is none of soft delete speaks of its column, in whatever part. */
const speaksOf = (change: TableOperation, column: string): boolean => JSON.stringify(change).includes(column);

function group(table: string, operations: readonly TableOperation[]): readonly Operation[] {
  return operations.length > 1 ? [{ kind: "alterTable", table, operations }] : operations;
}

/** The same changes, with those that make the table delete softly, or no longer, as one of their own. */
function joinGroup(operation: Operation, { softDeletes, rules }: JoinContext): readonly Operation[] {
  const changes = listTableChanges(operation);
  const found = findColumn(changes, softDeletes);
  if (!found) return [operation];
  const { kind, table, column } = found;
  const live = changes.flatMap((one) => readLiveRule(one, column) ?? []);
  // What is unique among all rows on the one side is unique among live ones on the other.
  const isTwin = (one: TableOperation): boolean => {
    const columns = readPlainUnique(one);
    const isOther = one.kind.startsWith(kind === "enableSoftDelete" ? "drop" : "add");
    return isOther && columns !== undefined && live.some((rule) => isSameColumns(rule.columns, columns));
  };
  const isPart = (one: TableOperation): boolean =>
    isSoftDeleteColumn(one, column) || readLiveRule(one, column) !== undefined || isTwin(one);
  const rest = changes.filter((one) => !isPart(one));
  const parkedIn = nameParkedTable(table, rules.namespaceOf(table));
  const joined: SoftDelete = { kind, table, column, operations: changes.filter(isPart), parkedIn };
  // The column has to be there for what speaks of it, and what it stands beside has to stay as long as it does.
  const isBefore = (one: TableOperation): boolean => speaksOf(one, column) === (kind === "disableSoftDelete");
  return [
    ...group(table, rest.filter(isBefore)),
    joined,
    ...group(
      table,
      rest.filter((one) => !isBefore(one)),
    ),
  ];
}

const pointsTo = (schema: Schema, child: string, parent: string): boolean =>
  findTable(schema, child)?.constraints.some(
    (one) => one.kind === "foreignKey" && one.references.table === parent && child !== parent,
  ) ?? false;

/** What one operation has become. */
type Unit = readonly Operation[];

const findEnabled = (unit: Unit): string | undefined => unit.find((one) => one.kind === "enableSoftDelete")?.table;

/**
 * Lets parents go before children: on the way back deleted children are parked first, so that nothing points to their deleted parents any more. What speaks of a
 * child meanwhile keeps it where it is.
 */
function putParentsFirst(units: readonly Unit[], target: Schema): readonly Unit[] {
  let sorted = units;
  for (const unit of units) {
    const child = findEnabled(unit);
    if (child === undefined) continue;
    const from = sorted.indexOf(unit);
    const to = sorted.findLastIndex((other) => pointsTo(target, child, findEnabled(other) ?? child));
    const isFree = !sorted.slice(from + 1, to + 1).some((other) => JSON.stringify(other).includes(`"${child}"`));
    if (to > from && isFree) sorted = sorted.toSpliced(to + 1, 0, unit).toSpliced(from, 1);
  }
  return sorted;
}

/**
 * The changes of a comparison, with those that make a table delete softly, or no longer, as one operation that looks after deleted rows on the way back.
 *
 * @param softDeletes the tables of the models that delete softly
 */
export function joinSoftDeletes(operations: readonly Operation[], context: JoinContext): readonly Operation[] {
  const units = operations.map((operation) => joinGroup(operation, context));
  return putParentsFirst(units, context.target).flat();
}
