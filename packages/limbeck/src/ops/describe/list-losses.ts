import type { Operation } from "../operation.ts";
import { findDataLoss, type DescribeNarrowing } from "./find-data-loss.ts";

/** Rows, or the values of one column, that an operation destroys. */
export interface LostData {
  readonly table: string;
  /** Absent where all rows go. */
  readonly column?: string;
}

/** The losses of changes of one table, by the names that its columns have before the first of them. */
function listLossesOfGroup(operations: readonly Operation[], describe: DescribeNarrowing): readonly LostData[] {
  const former = new Map<string, string | undefined>();
  const findFormer = (name: string): string | undefined => (former.has(name) ? former.get(name) : name);
  return operations.flatMap((operation): readonly LostData[] => {
    const lost = listLosses(operation, describe).flatMap(({ table, column = "" }) => {
      const name = findFormer(column);
      return name === undefined ? [] : [{ table, column: name }];
    });
    if (operation.kind === "renameColumn") former.set(operation.to, findFormer(operation.from));
    // What comes with the group has nothing to lose yet.
    if (operation.kind === "addColumn") former.set(operation.column.name, undefined);
    return lost;
  });
}

/**
 * Which rows and values an operation destroys, so that they can be counted. What raw SQL does is for its text to say.
 *
 * @param describe which values a change of type loses on the engine
 * @example
 * listLosses({ kind: "dropTable", table }, describe); // [{ table: "todos" }]
 */
export function listLosses(operation: Operation, describe: DescribeNarrowing): readonly LostData[] {
  if (operation.kind === "alterTable") return listLossesOfGroup(operation.operations, describe);
  if (operation.kind === "dropTable") return [{ table: operation.table.name }];
  if (operation.kind !== "dropColumn" && operation.kind !== "alterColumn") return [];
  if (findDataLoss(operation, describe) === undefined) return [];
  const column = operation.kind === "dropColumn" ? operation.column : operation.from;
  return [{ table: operation.table, column: column.name }];
}
