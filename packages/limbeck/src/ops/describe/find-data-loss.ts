import type { ObjectName } from "../../schema/model/defined-object.ts";
import { dispatchOperation, type Operation, type OperationMap, type OperationTable } from "../operation.ts";
import { ANY_LOSS_RULES, type LossRules } from "./loss-rules.ts";

const nothing = (): undefined => undefined;

function findColumnLoss(
  { table, from, to }: OperationMap["alterColumn"],
  { describeNarrowing }: LossRules,
): string | undefined {
  const name = `${table}.${from.name}`;
  if (from.generated) return undefined;
  if (to.generated) return `the values of ${name}, which is computed from then on`;
  const narrowing = describeNarrowing(from.type, to.type);
  const losses = [
    narrowing === undefined ? undefined : `${narrowing} in ${name}`,
    // Numbers of rows that are gone may be given again.
    from.autoIncrement && !to.autoIncrement ? `the counter of ${name}` : undefined,
  ].filter((loss) => loss !== undefined);
  return losses.length === 0 ? undefined : losses.join("; ");
}

/** A domain is made of another type from then on, and so are the columns of it. */
function findDomainLoss(
  { from, to }: OperationMap["replaceObject"],
  { resolveType, describeNarrowing }: LossRules,
): string | undefined {
  const type = { kind: "raw", sql: to.name } as const;
  const narrowing = resolveType && describeNarrowing(resolveType(type, [from]), resolveType(type, [to]));
  return narrowing === undefined ? undefined : `${narrowing} in columns of ${to.name}`;
}

/** An object that holds rows, or whose parts do, is called something with "table" by the engines that have it. */
const findObjectLoss = ({ kind, name }: ObjectName): string | undefined =>
  /\btable\b/.test(kind) ? `all rows of ${name}` : undefined;

function joinLosses(operations: readonly Operation[], rules: LossRules): string | undefined {
  const losses = operations.map((operation) => findDataLoss(operation, rules)).filter((loss) => loss !== undefined);
  return losses.length === 0 ? undefined : losses.join("; ");
}

/** The changes but for that which takes the time of deletion away: where it says something, the row is parked with it. */
export function listUnparked({ column, operations }: OperationMap["disableSoftDelete"]): readonly Operation[] {
  return operations.filter((one) => one.kind !== "dropColumn" || one.column.name !== column);
}

const DATA_LOSS: OperationTable<string | undefined, [LossRules]> = {
  createTable: nothing,
  dropTable: ({ table }) => `all rows of ${table.name}`,
  renameTable: nothing,
  addColumn: nothing,
  // What was computed can be computed again.
  dropColumn: ({ table, column }) => (column.generated ? undefined : `the values of ${table}.${column.name}`),
  renameColumn: nothing,
  alterColumn: findColumnLoss,
  addConstraint: nothing,
  dropConstraint: nothing,
  createIndex: nothing,
  dropIndex: nothing,
  renameIndex: nothing,
  setTableOptions: (change, { losesFormerRows }) =>
    losesFormerRows?.(change) ? `the former rows of ${change.table}` : undefined,
  setTableComment: nothing,
  createView: nothing,
  dropView: nothing,
  createTrigger: nothing,
  dropTrigger: nothing,
  createEnum: nothing,
  dropEnum: nothing,
  alterEnum: nothing,
  renameEnumValue: nothing,
  createSequence: nothing,
  dropSequence: ({ sequence }) => `where sequence ${sequence.name} stands`,
  alterSequence: nothing,
  createObject: nothing,
  dropObject: ({ object }) => findObjectLoss(object),
  replaceObject: findDomainLoss,
  alterTable: ({ operations }, rules) => joinLosses(operations, rules),
  enableSoftDelete: ({ operations }, rules) => joinLosses(operations, rules),
  disableSoftDelete: (operation, rules) => joinLosses(listUnparked(operation), rules),
  execute: nothing,
  custom: ({ verbs, data }) => verbs.describeLoss?.(data),
  bulkInsert: nothing,
};

/**
 * Which rows or values an operation destroys, in words.
 *
 * @param rules what the engine loses; default what any engine might
 * @returns undefined when none are lost, and for raw SQL, which cannot be known
 * @example
 * findDataLoss({ kind: "dropColumn", table: "todos", column }); // the values of todos.title
 */
export function findDataLoss(operation: Operation, rules: LossRules = ANY_LOSS_RULES): string | undefined {
  return dispatchOperation(DATA_LOSS, operation, rules);
}
