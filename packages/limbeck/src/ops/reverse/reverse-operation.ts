import { assertNever } from "../../kernel/assert-never.ts";
import { operationErrors } from "../../kernel/errors/operation-errors.ts";
import { describeOperation } from "../describe/describe-operation.ts";
import {
  dispatchOperation,
  type Operation,
  type OperationMap,
  type OperationTable,
  type SoftDeleteChange,
  type TableOperation,
} from "../operation.ts";

/** The operation that takes another back, or the reason why there is none. */
type Reversal<Kind extends Operation = Operation> = { readonly operation: Kind } | { readonly reason: string };

const give = <Kind extends Operation>(operation: Kind): Reversal<Kind> => ({ operation });

/** The change of one table that takes another back. */
function reverseTableOperation(operation: TableOperation): TableOperation {
  switch (operation.kind) {
    case "addColumn":
      return { ...operation, kind: "dropColumn" };
    case "dropColumn":
      return { ...operation, kind: "addColumn" };
    case "renameColumn":
      return { ...operation, from: operation.to, to: operation.from };
    case "alterColumn":
      // An expression says nothing about the way back.
      return { kind: operation.kind, table: operation.table, from: operation.to, to: operation.from };
    case "addConstraint":
      return { ...operation, kind: "dropConstraint" };
    case "dropConstraint":
      return { ...operation, kind: "addConstraint" };
    case "createIndex":
      return { ...operation, kind: "dropIndex" };
    case "dropIndex":
      return { ...operation, kind: "createIndex" };
    case "setTableOptions":
      return { ...operation, from: operation.to, to: operation.from };
    case "setTableComment":
      return { ...operation, from: operation.to, to: operation.from };
    default:
      return assertNever(operation);
  }
}

const reverseChange = (operation: TableOperation): Reversal => give(reverseTableOperation(operation));

function reverseAll(operations: readonly Operation[]): readonly Operation[] {
  return operations.toReversed().map(reverseOperation);
}

/** Whether there are rows to park, or parked ones, is another question on the way back. */
function reverseSoftDelete<Kind extends "enableSoftDelete" | "disableSoftDelete">(
  { table, column, operations, parkedIn }: SoftDeleteChange,
  kind: Kind,
): SoftDeleteChange & { readonly kind: Kind } {
  return { kind, table, column, operations: operations.toReversed().map(reverseTableOperation), parkedIn };
}

function reverseExecute(operation: OperationMap["execute"]): Reversal {
  const { sql, parameters, affects, reverse } = operation;
  if (reverse === undefined) return { reason: "Raw SQL says nothing about how to take it back." };
  const blocked = affects?.map(findReversal).find((reversal) => "reason" in reversal);
  if (blocked) return blocked;
  return give({
    kind: "execute",
    sql: reverse,
    ...(affects && { affects: reverseAll(affects) }),
    // The statement that takes the reverse back is the first one, but it cannot bring bound values along.
    ...(parameters === undefined && { reverse: sql }),
  });
}

const REVERSE: OperationTable<Reversal> = {
  createTable: ({ table }) => give({ kind: "dropTable", table }),
  dropTable: ({ table }) => give({ kind: "createTable", table }),
  renameTable: ({ from, to }) => give({ kind: "renameTable", from: to, to: from }),
  addColumn: reverseChange,
  dropColumn: reverseChange,
  renameColumn: reverseChange,
  alterColumn: reverseChange,
  addConstraint: reverseChange,
  dropConstraint: reverseChange,
  createIndex: reverseChange,
  dropIndex: reverseChange,
  renameIndex: (operation) => give({ ...operation, from: operation.to, to: operation.from }),
  setTableOptions: reverseChange,
  setTableComment: reverseChange,
  createView: (operation) => give({ ...operation, kind: "dropView" }),
  dropView: (operation) => give({ ...operation, kind: "createView" }),
  createTrigger: ({ trigger }) => give({ kind: "dropTrigger", trigger }),
  dropTrigger: ({ trigger }) => give({ kind: "createTrigger", trigger }),
  createEnum: (operation) => give({ ...operation, kind: "dropEnum" }),
  dropEnum: (operation) => give({ ...operation, kind: "createEnum" }),
  alterEnum: (operation) => give({ ...operation, from: operation.to, to: operation.from }),
  renameEnumValue: (operation) => give({ ...operation, from: operation.to, to: operation.from }),
  createSequence: ({ sequence }) => give({ kind: "dropSequence", sequence }),
  dropSequence: ({ sequence }) => give({ kind: "createSequence", sequence }),
  alterSequence: ({ from, to }) => give({ kind: "alterSequence", from: to, to: from }),
  createObject: (operation) => give({ ...operation, kind: "dropObject" }),
  dropObject: (operation) => give({ ...operation, kind: "createObject" }),
  replaceObject: ({ from, to }) => give({ kind: "replaceObject", from: to, to: from }),
  alterTable: (operation) =>
    give({ ...operation, operations: operation.operations.toReversed().map(reverseTableOperation) }),
  enableSoftDelete: (operation) => give(reverseSoftDelete(operation, "disableSoftDelete")),
  disableSoftDelete: (operation) => give(reverseSoftDelete(operation, "enableSoftDelete")),
  execute: reverseExecute,
  custom: ({ verbs, data }) =>
    verbs.reverse ? give(verbs.reverse(data)) : { reason: "Its definition says nothing of what takes it back." },
  bulkInsert: ({ table }) => ({
    reason: `Which rows of ${table} to delete is not known: others may have changed or joined them since.`,
  }),
};

function findReversal(operation: Operation): Reversal {
  return dispatchOperation(REVERSE, operation);
}

/**
 * The operation that takes another back: on a schema it gives exactly the one before. Rows that a drop destroyed do not
 * come back.
 *
 * @throws OperationError (irreversible) for raw SQL without its own reverse, and for inserted rows
 * @example
 * reverseOperation({ kind: "renameTable", from: "todo", to: "todos" }); // renames todos to todo
 */
export function reverseOperation(operation: Operation): Operation {
  const reversal = findReversal(operation);
  if ("operation" in reversal) return reversal.operation;
  throw operationErrors.irreversible({ operation: describeOperation(operation), reason: reversal.reason });
}

/** Whether {@link reverseOperation} has an answer. */
export function canReverse(operation: Operation): boolean {
  return "operation" in findReversal(operation);
}
