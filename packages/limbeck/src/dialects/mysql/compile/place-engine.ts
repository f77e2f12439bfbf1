import type { OperationMap, TableOperation } from "../../../ops/operation.ts";

const readEngine = (options: OperationMap["setTableOptions"]["from"]): unknown => options?.["mysql"]?.["engine"];

const isOptions = (operation: TableOperation): operation is OperationMap["setTableOptions"] =>
  operation.kind === "setTableOptions";

/** A column may be computed on read until then, or be too long for a key of the other engine. */
const takesAway = ({ kind }: TableOperation): boolean =>
  kind === "dropConstraint" || kind === "dropIndex" || kind === "alterColumn";

const adds = ({ kind }: TableOperation): boolean =>
  kind === "addColumn" || kind === "alterColumn" || kind === "addConstraint" || kind === "createIndex";

/**
 * The changes of a table in an order in which it has foreign keys only in the usual storage engine: others pass over new ones without a word, and refuse to take on a
 * table that has some. Nor do they take keys as long as it does, or of what is computed on read.
 */
export function placeEngine(operations: readonly TableOperation[]): readonly TableOperation[] {
  const change = operations.find(isOptions);
  if (change === undefined || readEngine(change.from) === readEngine(change.to)) return operations;
  const rest = operations.filter((one) => one !== change);
  const position = operations.indexOf(change);
  if (readEngine(change.to) === undefined) {
    const first = operations.findIndex(adds);
    return first === -1 || position < first ? operations : rest.toSpliced(first, 0, change);
  }
  const last = operations.findLastIndex(takesAway);
  return position > last ? operations : rest.toSpliced(last, 0, change);
}
