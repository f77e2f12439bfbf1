import type { Operation, OperationKind } from "../operation.ts";

/** Whether something comes, goes or changes. */
export type OperationSign = "+" | "-" | "~";

const SIGNS: { readonly [Kind in OperationKind]: OperationSign } = {
  createTable: "+",
  dropTable: "-",
  renameTable: "~",
  addColumn: "+",
  dropColumn: "-",
  renameColumn: "~",
  alterColumn: "~",
  addConstraint: "+",
  dropConstraint: "-",
  createIndex: "+",
  dropIndex: "-",
  renameIndex: "~",
  setTableOptions: "~",
  setTableComment: "~",
  createView: "+",
  dropView: "-",
  createTrigger: "+",
  dropTrigger: "-",
  createEnum: "+",
  dropEnum: "-",
  alterEnum: "~",
  renameEnumValue: "~",
  createSequence: "+",
  dropSequence: "-",
  alterSequence: "~",
  createObject: "+",
  dropObject: "-",
  replaceObject: "~",
  alterTable: "~",
  enableSoftDelete: "+",
  disableSoftDelete: "-",
  execute: "~",
  custom: "~",
  bulkInsert: "+",
};

/** The mark in front of an operation in a list of changes. */
export function operationSign(operation: Operation): OperationSign {
  return SIGNS[operation.kind];
}
