import type { ColumnType } from "../../schema/model/column-type.ts";
import type { Operation } from "../operation.ts";
import { findDataLoss } from "./find-data-loss.ts";
import type { LossRules } from "./loss-rules.ts";

/** Rows, or the values of one column, that an operation destroys. */
export interface LostData {
  readonly table: string;
  /** Absent where all rows go. */
  readonly column?: string;
  /** Only the counter goes that numbers the rows in the column. */
  readonly counter?: true;
  /** The change of type that loses something of some values; absent where all go. */
  readonly narrowed?: { readonly from: ColumnType; readonly to: ColumnType };
  /** Some of the rows were copied elsewhere before, and which is not known. */
  readonly isPartial?: true;
  /** Only the former rows go that the engine keeps of the table. */
  readonly former?: true;
}

/** The losses of changes of one table, by the names that its columns have before the first of them. */
function listLossesOfGroup(operations: readonly Operation[], rules: LossRules): readonly LostData[] {
  const former = new Map<string, string | undefined>();
  const findFormer = (name: string): string | undefined => (former.has(name) ? former.get(name) : name);
  return operations.flatMap((operation): readonly LostData[] => {
    const lost = listLosses(operation, rules).flatMap((one): readonly LostData[] => {
      if (one.column === undefined) return [one];
      const name = findFormer(one.column);
      return name === undefined ? [] : [{ ...one, column: name }];
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
 * @param rules what the engine loses
 * @example
 * listLosses({ kind: "dropTable", table }, rules); // [{ table: "todos" }]
 */
export function listLosses(operation: Operation, rules: LossRules): readonly LostData[] {
  if (operation.kind === "alterTable") return listLossesOfGroup(operation.operations, rules);
  if (operation.kind === "dropTable") return [{ table: operation.table.name }];
  if (findDataLoss(operation, rules) === undefined) return [];
  if (operation.kind === "setTableOptions") return [{ table: operation.table, former: true }];
  if (operation.kind !== "dropColumn" && operation.kind !== "alterColumn") return [];
  const { table } = operation;
  if (operation.kind === "dropColumn") return [{ table, column: operation.column.name }];
  const { from, to } = operation;
  const column = from.name;
  if (to.generated) return [{ table, column }];
  const isNarrowed = rules.describeNarrowing(from.type, to.type) !== undefined;
  const narrowed: LostData = { table, column, narrowed: { from: from.type, to: to.type } };
  const isCounterLost = from.autoIncrement && !to.autoIncrement;
  return [...(isNarrowed ? [narrowed] : []), ...(isCounterLost ? [{ table, column, counter: true as const }] : [])];
}
