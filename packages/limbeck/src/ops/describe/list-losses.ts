import type { Operation } from "../operation.ts";
import { findDataLoss, type DescribeNarrowing } from "./find-data-loss.ts";

/** Rows, or the values of one column, that an operation destroys. */
export interface LostData {
  readonly table: string;
  /** Absent where all rows go. */
  readonly column?: string;
}

/**
 * Which rows and values an operation destroys, so that they can be counted. What raw SQL does is for its text to say.
 *
 * @param describe which values a change of type loses on the engine
 * @example
 * listLosses({ kind: "dropTable", table }, describe); // [{ table: "todos" }]
 */
export function listLosses(operation: Operation, describe: DescribeNarrowing): readonly LostData[] {
  if (operation.kind === "alterTable") return operation.operations.flatMap((part) => listLosses(part, describe));
  if (operation.kind === "dropTable") return [{ table: operation.table.name }];
  if (operation.kind !== "dropColumn" && operation.kind !== "alterColumn") return [];
  if (findDataLoss(operation, describe) === undefined) return [];
  const column = operation.kind === "dropColumn" ? operation.column : operation.from;
  return [{ table: operation.table, column: column.name }];
}
