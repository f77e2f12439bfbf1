import type { Column } from "../../../schema/model/column.ts";
import type { Constraint, Deferrable } from "../../../schema/model/constraint.ts";

/** What a CREATE TABLE statement has said so far; the clauses of columns and of the table add to it in textual order. */
export interface TableDraft {
  readonly columns: Column[];
  readonly constraints: Constraint[];
}

/**
 * Makes the last foreign key deferrable: that is the one SQLite applies the clause to, even when the clause stands at
 * another column.
 */
export function deferLastForeignKey(draft: TableDraft, deferrable: Deferrable | null): void {
  const index = draft.constraints.findLastIndex(({ kind }) => kind === "foreignKey");
  const key = draft.constraints[index];
  if (key?.kind !== "foreignKey") return;
  const { deferrable: _before, ...rest } = key;
  draft.constraints[index] = deferrable === null ? rest : { ...rest, deferrable };
}
