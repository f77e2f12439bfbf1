import type { Constraint } from "../../schema/model/constraint.ts";
import { dispatchOperation, type Operation, type OperationTable, type TableOperation } from "../operation.ts";

/** Which tables an operation is about. */
export interface TouchedTables {
  /** Those that it creates, changes or drops. */
  readonly changed: readonly string[];
  /** Those that it only refers to. */
  readonly mentioned: readonly string[];
}

const targets = (constraints: readonly Constraint[]): readonly string[] =>
  constraints.flatMap((constraint) => (constraint.kind === "foreignKey" ? constraint.references.table : []));

const change = ({ table }: { readonly table: string }): TouchedTables => ({ changed: [table], mentioned: [] });

const changeConstraint = ({ table, constraint }: { readonly table: string; readonly constraint: Constraint }) => ({
  changed: [table],
  mentioned: targets([constraint]),
});

function changeAll(table: string, operations: readonly TableOperation[]): TouchedTables {
  return {
    changed: [table],
    mentioned: operations.flatMap((operation) => findTouchedTables(operation)?.mentioned ?? []),
  };
}

/** Any, because a text says which. */
const unknown = (): undefined => undefined;

const TOUCHED: OperationTable<TouchedTables | undefined> = {
  createTable: ({ table }) => ({ changed: [table.name], mentioned: targets(table.constraints) }),
  dropTable: ({ table }) => ({ changed: [table.name], mentioned: targets(table.constraints) }),
  renameTable: unknown,
  addColumn: change,
  dropColumn: change,
  renameColumn: change,
  alterColumn: change,
  addConstraint: changeConstraint,
  dropConstraint: changeConstraint,
  createIndex: change,
  dropIndex: change,
  renameIndex: change,
  setTableOptions: change,
  setTableComment: change,
  alterTable: ({ table, operations }) => changeAll(table, operations),
  // Parked rows are looked for in a table that no operation names.
  enableSoftDelete: unknown,
  disableSoftDelete: unknown,
  createView: unknown,
  dropView: unknown,
  createTrigger: unknown,
  dropTrigger: unknown,
  createEnum: unknown,
  dropEnum: unknown,
  alterEnum: unknown,
  renameEnumValue: unknown,
  createSequence: unknown,
  dropSequence: unknown,
  alterSequence: unknown,
  createObject: unknown,
  dropObject: unknown,
  replaceObject: unknown,
  execute: unknown,
  custom: unknown,
  bulkInsert: unknown,
};

/** The tables that an operation is about; undefined where that cannot be told, or everything may be. */
export function findTouchedTables(operation: Operation): TouchedTables | undefined {
  return dispatchOperation(TOUCHED, operation);
}
