import type { Column } from "../../schema/model/column.ts";
import { dispatchOperation, type Operation, type OperationTable } from "../operation.ts";
import { describeNarrowing } from "./describe-narrowing.ts";

const nothing = (): undefined => undefined;

function findColumnLoss(table: string, from: Column, to: Column): string | undefined {
  const name = `${table}.${from.name}`;
  if (from.generated) return undefined;
  if (to.generated) return `the values of ${name}, which is computed from then on`;
  const narrowing = describeNarrowing(from.type, to.type);
  const losses = [
    narrowing === undefined ? undefined : `in ${name}: ${narrowing}`,
    // Numbers of rows that are gone may be given again.
    from.autoIncrement && !to.autoIncrement ? `the counter of ${name}` : undefined,
  ].filter((loss) => loss !== undefined);
  return losses.length === 0 ? undefined : losses.join("; ");
}

const DATA_LOSS: OperationTable<string | undefined> = {
  createTable: nothing,
  dropTable: ({ table }) => `all rows of ${table.name}`,
  renameTable: nothing,
  addColumn: nothing,
  // What was computed can be computed again.
  dropColumn: ({ table, column }) => (column.generated ? undefined : `the values of ${table}.${column.name}`),
  renameColumn: nothing,
  alterColumn: ({ table, from, to }) => findColumnLoss(table, from, to),
  addConstraint: nothing,
  dropConstraint: nothing,
  createIndex: nothing,
  dropIndex: nothing,
  renameIndex: nothing,
  setTableOptions: nothing,
  setTableComment: nothing,
  createView: nothing,
  dropView: nothing,
  createTrigger: nothing,
  dropTrigger: nothing,
  alterTable: ({ operations }) => {
    const losses = operations.map(findDataLoss).filter((loss) => loss !== undefined);
    return losses.length === 0 ? undefined : losses.join("; ");
  },
  execute: nothing,
  bulkInsert: nothing,
};

/**
 * Which rows or values an operation destroys, or may refuse to run over, in words.
 *
 * @returns undefined when none are lost, and for raw SQL, which cannot be known
 * @example
 * findDataLoss({ kind: "dropColumn", table: "todos", column }); // the values of todos.title
 */
export function findDataLoss(operation: Operation): string | undefined {
  return dispatchOperation(DATA_LOSS, operation);
}
