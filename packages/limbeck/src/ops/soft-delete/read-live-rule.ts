import { LIVE_COLUMN } from "../../schema/builder/live-parts.ts";
import type { LiveItem } from "../../schema/builder/soft-delete.ts";
import type { TableIndex } from "../../schema/model/table-index.ts";
import { mentionsIdentifier } from "../expression/identifiers.ts";
import type { Operation } from "../operation.ts";

/** A rule for live rows, as it was asked for. */
export type LiveRule = Pick<LiveItem, "kind" | "columns" | "name">;

/** The columns of an index over nothing else; undefined for one with expressions, orders and the like. */
function listPlainColumns({ parts, options }: TableIndex): readonly string[] | undefined {
  const isPlain = options === undefined && parts.every((part) => Object.keys(part).join() === "column");
  return isPlain ? parts.flatMap(({ column }) => column ?? []) : undefined;
}

/** Whether a condition holds for live rows, and for no others. Engines differ in blanks, quotation marks and parentheses. */
const isLiveCondition = (where: string, column: string): boolean =>
  where.replaceAll(/[()"`[\]\s]/g, "").toLowerCase() === `${column}isnull`.toLowerCase();

/** What an index says of live rows; undefined where it says nothing of the kind. */
export function readLiveIndex(index: TableIndex, column: string): LiveRule | undefined {
  const { name, unique, where } = index;
  const columns = listPlainColumns(index);
  if (!columns) return undefined;
  if (where !== undefined) {
    return isLiveCondition(where, column) ? { kind: unique ? "liveUnique" : "liveIndex", columns, name } : undefined;
  }
  // Where no index holds some of the rows only, what tells live ones stands at the end.
  const [last, rest] = [columns.at(-1), columns.slice(0, -1)];
  if (rest.length > 0 && unique && last === LIVE_COLUMN) return { kind: "liveUnique", columns: rest, name };
  return rest.length > 0 && !unique && last === column ? { kind: "liveIndex", columns: rest, name } : undefined;
}

/**
 * The rule for live rows that an operation makes or takes away; undefined where it does nothing of the kind.
 *
 * @param column the one that says when a row was deleted
 */
export function readLiveRule(operation: Operation, column: string): LiveRule | undefined {
  if (operation.kind === "createIndex" || operation.kind === "dropIndex") return readLiveIndex(operation.index, column);
  if (operation.kind !== "addConstraint" && operation.kind !== "dropConstraint") return undefined;
  const { constraint } = operation;
  if (constraint.kind !== "unique" || constraint.columns.length < 2 || constraint.columns.at(-1) !== LIVE_COLUMN) {
    return undefined;
  }
  const { name, columns } = constraint;
  return { kind: "liveUnique", columns: columns.slice(0, -1), ...(name !== undefined && { name }) };
}

/** The columns that an operation makes unique among all rows, or no longer; undefined where it does nothing of the kind. */
export function readPlainUnique(operation: Operation): readonly string[] | undefined {
  if (operation.kind === "addConstraint" || operation.kind === "dropConstraint") {
    const { constraint } = operation;
    return constraint.kind === "unique" && !constraint.columns.includes(LIVE_COLUMN) ? constraint.columns : undefined;
  }
  if (operation.kind !== "createIndex" && operation.kind !== "dropIndex") return undefined;
  const { index } = operation;
  const columns = index.unique && index.where === undefined ? listPlainColumns(index) : undefined;
  return columns?.includes(LIVE_COLUMN) ? undefined : columns;
}

/** Whether two lists hold the same columns, in whatever order. */
export const isSameColumns = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name) => other.includes(name));

/** Whether an operation is about the column that says when a row was deleted, or the one that is computed from it for the sake of rules. */
export function isSoftDeleteColumn(operation: Operation, column: string): boolean {
  if (operation.kind !== "addColumn" && operation.kind !== "dropColumn") return false;
  const { name, generated } = operation.column;
  return name === column || (name === LIVE_COLUMN && mentionsIdentifier(generated?.expression ?? "", column));
}
