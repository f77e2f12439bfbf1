import type { OperationMap, TableOperationKind } from "../../ops/operation.ts";
import type { NamingConvention } from "../../schema/builder/naming-convention.ts";
import type { Document } from "./document.ts";
import { renderCall, renderLiteral } from "./literal.ts";

/** What rendering may know besides the operation. */
export interface RenderContext {
  /** The names that `op` gives when it is told none; must be the convention of the run. */
  readonly convention: NamingConvention;
}

/** A method of `op` or `batch`, and what it is given. */
export interface OperationCall {
  readonly method: string;
  readonly args: readonly Document[];
}

/** A call that `op` takes with the table's name among the arguments and `batch` without. */
export interface TableCall extends OperationCall {
  /** Which argument of `op` is the table's name. */
  readonly tableAt: 0 | 1;
}

/** One answer per kind of change of a table; undefined where the methods can't say it. */
export type TableCallTable<Kinds extends TableOperationKind> = {
  readonly [Kind in Kinds]: (operation: OperationMap[Kind]) => TableCall | undefined;
};

/** A call on `op`, with its `await`. */
export function renderStatement({ method, args }: OperationCall): Document {
  return ["await ", renderCall(`op.${method}`, args), ";"];
}

/** An operation as the data it is: the way out where no method says exactly this. */
export function renderInvoke(operation: object): Document {
  return renderStatement({ method: "invoke", args: [renderLiteral(operation)] });
}

/** A call on `op` of a change of one table. */
export function addTable({ method, args, tableAt }: TableCall, table: string): OperationCall {
  return { method, args: args.toSpliced(tableAt, 0, renderLiteral(table)) };
}
