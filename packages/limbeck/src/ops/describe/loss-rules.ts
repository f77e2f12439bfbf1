import type { ColumnType } from "../../schema/model/column-type.ts";
import type { DefinedObject } from "../../schema/model/defined-object.ts";
import type { OperationMap } from "../operation.ts";
import { describeNarrowing } from "./describe-narrowing.ts";

/** Which values a change of type loses, in words that "in todos.title" can follow; undefined when none. */
export type DescribeNarrowing = (from: ColumnType, to: ColumnType) => string | undefined;

/** What an engine loses. */
export interface LossRules {
  /** Values for which the change is refused are not lost. */
  readonly describeNarrowing: DescribeNarrowing;
  /** The type behind one that somebody made, as its definition says; any other type itself. Absent for engines that have none of these. */
  readonly resolveType?: (type: ColumnType, objects: readonly DefinedObject[]) => ColumnType;
  /**
   * The values that a change of type may lose something of, as a condition on a quoted column; undefined where it may be any. Absent for engines of which that is
   * not known.
   */
  readonly findNarrowed?: (column: string, from: ColumnType, to: ColumnType) => string | undefined;
  /** Whether a change of its options takes the former rows of a table. Absent for engines that keep none. */
  readonly losesFormerRows?: (change: OperationMap["setTableOptions"]) => boolean;
}

/** What any engine might lose. */
export const ANY_LOSS_RULES: LossRules = { describeNarrowing };
