import type { OperationMap, TableOperation } from "../../ops/operation.ts";
import type { Table } from "../../schema/model/table.ts";
import { group, hardline, indent, type Document } from "./document.ts";
import { renderCall, renderLiteral } from "./literal.ts";
import {
  renderInvoke,
  renderStatement,
  type RenderContext,
  type TableCall,
  type TableCallTable,
} from "./operation-call.ts";
import { planTable } from "./plan-table.ts";
import { COLUMN_CALLS } from "./render-column-operation.ts";
import { CONSTRAINT_CALLS } from "./render-constraint-operation.ts";
import { INDEX_CALLS } from "./render-index-operation.ts";
import { renderTableParts } from "./render-table-parts.ts";

/** Changes of a table's settings and note. */
const SETTING_CALLS: TableCallTable<"setTableOptions" | "setTableComment"> = {
  setTableOptions: ({ to }) => ({ method: "setTableOptions", tableAt: 0, args: [renderLiteral(to)] }),
  setTableComment: ({ to }) =>
    to === null
      ? { method: "dropTableComment", tableAt: 0, args: [] }
      : { method: "createTableComment", tableAt: 0, args: [renderLiteral(to)] },
};

const TABLE_CALLS: TableCallTable<TableOperation["kind"]> = {
  ...COLUMN_CALLS,
  ...CONSTRAINT_CALLS,
  ...INDEX_CALLS,
  ...SETTING_CALLS,
};

/** A change of one table as a call; undefined where no method says exactly this. */
export function describeTableCall(operation: TableOperation): TableCall | undefined {
  // The compiler cannot see that the entry of this kind takes exactly this member of the union.
  const describe = TABLE_CALLS[operation.kind] as (operation: TableOperation) => TableCall | undefined;
  return describe(operation);
}

/** The statement that creates a table. */
export function renderCreateTable(table: Table, { convention }: RenderContext): Document {
  const parts = planTable(table, convention);
  return parts
    ? renderStatement({ method: "createTable", args: renderTableParts(parts) })
    : renderInvoke({ kind: "createTable", table });
}

/** One change inside a batch. */
function renderChange(change: TableOperation): Document {
  const { method, args } = describeTableCall(change) ?? { method: "invoke", args: [renderLiteral(change)] };
  return [hardline, renderCall(`batch.${method}`, args), ";"];
}

/** The statement that makes several changes of one table. */
export function renderAlterTable(operation: OperationMap["alterTable"]): Document {
  const { table, operations, recreate } = operation;
  // One change alone would come back without the group around it.
  const isGroup = operations.length > 1 || (operations.length === 1 && recreate !== undefined);
  if (!isGroup || operations.some((change) => change.table !== table)) return renderInvoke(operation);
  const body = group(["(batch) => {", indent(operations.map(renderChange)), hardline, "}"], true);
  const options = recreate === undefined ? [] : [renderLiteral({ recreate })];
  return renderStatement({ method: "batchAlterTable", args: [renderLiteral(table), body, ...options] });
}
