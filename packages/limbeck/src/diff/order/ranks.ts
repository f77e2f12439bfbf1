import { dispatchOperation, type Operation, type OperationTable, type TableOperation } from "../../ops/operation.ts";

import type { ObjectName } from "../../schema/model/defined-object.ts";
import type { DiffRules } from "../diff-rules.ts";

/** Where the changes of a table that stays come among all operations. */
const CHANGE_TABLE = 6;

/** Where what tables may need comes, and where it goes when they are done with it. */
const BEFORE_TABLES = 4.5;
const AFTER_ALL = 9;

/** Where what only speaks of others goes, and where it comes. */
const BEFORE_ALL = -1;
const LAST = 8.5;

function placeObject(object: ObjectName, { comesBeforeTables, comesLast }: DiffRules): number {
  if (comesLast(object)) return LAST;
  return comesBeforeTables(object) ? BEFORE_TABLES : 7.5;
}

const RANKS: OperationTable<number, [DiffRules]> = {
  dropTrigger: () => 0,
  dropObject: ({ object }, { comesBeforeTables, comesLast }) =>
    comesLast(object) ? BEFORE_ALL : comesBeforeTables(object) ? AFTER_ALL : 0.5,
  dropView: () => 1,
  renameTable: () => 2,
  renameIndex: () => 3,
  dropTable: () => 4,
  createObject: ({ object }, rules) => placeObject(object, rules),
  replaceObject: ({ to }, rules) => placeObject(to, rules),
  createEnum: () => BEFORE_TABLES,
  alterEnum: () => BEFORE_TABLES,
  renameEnumValue: () => BEFORE_TABLES,
  createSequence: () => BEFORE_TABLES,
  alterSequence: () => BEFORE_TABLES,
  dropEnum: () => AFTER_ALL,
  dropSequence: () => AFTER_ALL,
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
  enableSoftDelete: () => CHANGE_TABLE,
  disableSoftDelete: () => CHANGE_TABLE,
  createView: () => 7,
  createTrigger: () => 8,
  execute: () => 10,
  custom: () => 10,
  bulkInsert: () => 10,
};

/** Where an operation comes among all when nothing depends on it; lower is earlier. */
export function rankOperation(operation: Operation, rules: DiffRules): number {
  return dispatchOperation(RANKS, operation, rules);
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
