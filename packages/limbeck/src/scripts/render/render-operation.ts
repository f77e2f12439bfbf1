import { dispatchOperation, type Operation, type OperationTable, type TableOperation } from "../../ops/operation.ts";
import { importedFrom, type Document } from "./document.ts";
import { renderCall, renderLiteral } from "./literal.ts";
import { addTable, renderInvoke, renderStatement, type RenderContext } from "./operation-call.ts";
import { OBJECT_RENDERERS } from "./render-object-operation.ts";
import { renderOptions } from "./render-item.ts";
import { renderDisableSoftDelete, renderEnableSoftDelete } from "./render-soft-delete.ts";
import { describeTableCall, renderAlterTable, renderCreateTable } from "./render-table-operation.ts";

const call = (method: string, ...args: readonly unknown[]): Document =>
  renderStatement({ method, args: args.map(renderLiteral) });

function renderTableOperation(operation: TableOperation): Document {
  const described = describeTableCall(operation);
  return described ? renderStatement(addTable(described, operation.table)) : renderInvoke(operation);
}

const RENDERERS: OperationTable<Document, [RenderContext]> = {
  createTable: ({ table }, context) => renderCreateTable(table, context),
  dropTable: ({ table }) => call("dropTable", table.name),
  renameTable: ({ from, to }) => call("renameTable", from, to),
  alterTable: renderAlterTable,
  addColumn: renderTableOperation,
  dropColumn: renderTableOperation,
  renameColumn: renderTableOperation,
  alterColumn: renderTableOperation,
  addConstraint: renderTableOperation,
  dropConstraint: renderTableOperation,
  createIndex: renderTableOperation,
  dropIndex: renderTableOperation,
  renameIndex: ({ table, from, to }) => call("renameIndex", table, from, to),
  setTableOptions: renderTableOperation,
  setTableComment: renderTableOperation,
  createView: ({ view: { name, definition, ...options }, keepAttached }) =>
    renderStatement({
      method: "createView",
      args: [name, definition]
        .map(renderLiteral)
        .concat(renderOptions({ ...options, ...(keepAttached && { keepAttached }) })),
    }),
  dropView: ({ view }) => call("dropView", view.name),
  createTrigger: ({ trigger }) => call("createTrigger", trigger.name, trigger.table, trigger.definition),
  dropTrigger: ({ trigger }) => call("dropTrigger", trigger.name, trigger.table),
  ...OBJECT_RENDERERS,
  // `reverse` has done its work when the downgrade was generated; the file says both ways itself.
  enableSoftDelete: renderEnableSoftDelete,
  disableSoftDelete: renderDisableSoftDelete,
  execute: ({ kind: _kind, sql, reverse: _reverse, ...options }) =>
    renderStatement({ method: "execute", args: [renderLiteral(sql), ...renderOptions(options)] }),
  custom: ({ name, module, data }) =>
    renderStatement({ method: "invoke", args: [renderCall(importedFrom(name, module), [renderLiteral(data)])] }),
  bulkInsert: ({ table, rows }) => call("bulkInsert", table, rows),
};

/**
 * The statement of a revision that makes an operation, for example `await op.dropTable("todos");`. When the methods of `op` can't say
 * exactly this operation, it is handed over as data with `op.invoke`.
 */
export function renderOperation(operation: Operation, context: RenderContext): Document {
  return dispatchOperation(RENDERERS, operation, context);
}
