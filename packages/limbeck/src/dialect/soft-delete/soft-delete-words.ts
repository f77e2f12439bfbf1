import type { OperationTable } from "../../ops/operation.ts";
import type { Table } from "../../schema/model/table.ts";
import type { CompileContext } from "../dialect.ts";
import type { Statement } from "../statement.ts";

/** What the statements that park rows need to know of an engine. */
export interface SoftDeleteWords {
  /** Its name, for errors. */
  readonly engine: string;
  readonly quoteIdentifier: (name: string) => string;
  readonly quoteName: (name: string) => string;
  /** How it carries out everything else; asked when that is complete. */
  readonly compile: () => Pick<OperationTable<readonly Statement[], [CompileContext]>, "alterTable">;
  /** Stands behind the columns of an insert that gives values for numbered ones. Default: nothing has to. */
  readonly keepNumbers?: string;
  /** Keeps others from changing rows of a table until the end of the transaction. Absent where nobody can, or none but the run could. */
  readonly freeze?: (table: string) => Statement;
  /** Lets columns count on behind rows that have come with their numbers. Absent where they do by themselves. */
  readonly countOn?: (table: Table) => readonly Statement[];
  /** Put around statements on a table that points to itself. Absent where the engine looks at references only when a statement is over. */
  readonly unchecked?: readonly [before: Statement, after: Statement];
}
