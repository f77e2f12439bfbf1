import { dispatchOperation, type Operation, type OperationTable, type TableOperation } from "../../ops/operation.ts";

/** Where the changes of a table that stays come among all operations. */
const CHANGE_TABLE = 6;

const RANKS: OperationTable<number> = {
  dropTrigger: () => 0,
  dropView: () => 1,
  renameTable: () => 2,
  renameIndex: () => 3,
  dropTable: () => 4,
  createTable: () => 5,
  dropConstraint: () => CHANGE_TABLE,
  dropIndex: () => CHANGE_TABLE,
  renameColumn: () => CHANGE_TABLE,
  dropColumn: () => CHANGE_TABLE,
  addColumn: () => CHANGE_TABLE,
  alterColumn: () => CHANGE_TABLE,
  addConstraint: () => CHANGE_TABLE,
  createIndex: () => CHANGE_TABLE,
  setTableOptions: () => CHANGE_TABLE,
  setTableComment: () => CHANGE_TABLE,
  alterTable: () => CHANGE_TABLE,
  createView: () => 7,
  createTrigger: () => 8,
  execute: () => 9,
  bulkInsert: () => 9,
};

/** Where an operation comes among all when nothing depends on it; lower is earlier. */
export function rankOperation(operation: Operation): number {
  return dispatchOperation(RANKS, operation);
}

const PLACES: { readonly [Kind in TableOperation["kind"]]: number } = {
  dropConstraint: 0,
  dropIndex: 2,
  renameColumn: 3,
  dropColumn: 4,
  addColumn: 5,
  alterColumn: 6,
  addConstraint: 7,
  createIndex: 8,
  setTableOptions: 10,
  setTableComment: 11,
};

/** Whether an operation changes one table and may stand in a group with others that do. */
export function isTableOperation(operation: Operation): operation is TableOperation {
  return operation.kind in PLACES;
}

/** Where an operation comes among the changes of its table when nothing depends on it; lower is earlier. */
export function placeTableOperation(operation: TableOperation): number {
  const place = PLACES[operation.kind];
  // Foreign keys lean on other keys and on indexes: they go first and come last.
  const isDrop = operation.kind === "dropConstraint";
  if (isDrop) return operation.constraint.kind === "foreignKey" ? place : place + 1;
  return operation.kind === "addConstraint" && operation.constraint.kind === "foreignKey" ? place + 2 : place;
}

/** The part of a table's changes that an operation belongs to: 0 takes away, 1 changes columns and options, 2 adds. */
export function stageOf(operation: Operation): number {
  if (operation.kind === "dropConstraint" || operation.kind === "dropIndex") return 0;
  return operation.kind === "addConstraint" || operation.kind === "createIndex" ? 2 : 1;
}
