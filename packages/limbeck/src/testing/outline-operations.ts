import { dispatchOperation, type Operation, type OperationTable } from "../ops/operation.ts";

const DETAILS: OperationTable<string> = {
  createTable: ({ table }) => table.name,
  dropTable: ({ table }) => table.name,
  renameTable: ({ from, to }) => `${from} ${to}`,
  addColumn: ({ column }) => column.name,
  dropColumn: ({ column }) => column.name,
  renameColumn: ({ table, from, to }) => `${table} ${from} ${to}`,
  alterColumn: ({ to }) => to.name,
  addConstraint: ({ constraint }) => constraint.name ?? constraint.kind,
  dropConstraint: ({ constraint }) => constraint.name ?? constraint.kind,
  createIndex: ({ index }) => index.name,
  dropIndex: ({ index }) => index.name,
  renameIndex: ({ table, from, to }) => `${table} ${from} ${to}`,
  setTableOptions: ({ table }) => table,
  setTableComment: ({ table }) => table,
  createView: ({ view }) => view.name,
  dropView: ({ view }) => view.name,
  createTrigger: ({ trigger }) => trigger.name,
  dropTrigger: ({ trigger }) => trigger.name,
  createEnum: ({ enum: { name } }) => name,
  dropEnum: ({ enum: { name } }) => name,
  alterEnum: ({ name, to }) => `${name} (${to.join(", ")})`,
  renameEnumValue: ({ name, from, to }) => `${name} ${from} ${to}`,
  createSequence: ({ sequence }) => sequence.name,
  dropSequence: ({ sequence }) => sequence.name,
  alterSequence: ({ to }) => to.name,
  createObject: ({ object }) => `${object.kind} ${object.name}`,
  dropObject: ({ object }) => `${object.kind} ${object.name}`,
  replaceObject: ({ to }) => `${to.kind} ${to.name}`,
  alterTable: ({ table, operations }) => `${table} (${outlineOperations(operations).join(", ")})`,
  enableSoftDelete: ({ table, operations }) => `${table} (${outlineOperations(operations).join(", ")})`,
  disableSoftDelete: ({ table, operations }) => `${table} (${outlineOperations(operations).join(", ")})`,
  execute: ({ sql }) => sql,
  custom: ({ name }) => name,
  bulkInsert: ({ table }) => table,
};

/**
 * Operations in a few words each, for tests that are about which operations come in which order.
 *
 * @example
 * outlineOperations(operations); // ["alterTable todos (addColumn note, createIndex ix_todos_note)", "createView open"]
 */
export function outlineOperations(operations: readonly Operation[]): readonly string[] {
  return operations.map((operation) => `${operation.kind} ${dispatchOperation(DETAILS, operation)}`);
}
