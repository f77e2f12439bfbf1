import type { OperationMap, TableOperation } from "../../../ops/operation.ts";

type Alteration = OperationMap["alterColumn"];

const isAlteration = (operation: TableOperation): operation is Alteration => operation.kind === "alterColumn";

const isKey = (operation: TableOperation, kinds: readonly TableOperation["kind"][]): boolean =>
  kinds.includes(operation.kind) && !("constraint" in operation && !isKeyConstraint(operation.constraint.kind));

const isKeyConstraint = (kind: string): boolean => kind === "primaryKey" || kind === "unique";

/** Whether a column begins to be numbered, or ceases to. */
const changesNumbering = ({ from, to }: Alteration): boolean =>
  (from.autoIncrement ?? false) !== (to.autoIncrement ?? false);

/** Whether nothing else happens to the column. */
function isOnly(alteration: Alteration, operations: readonly TableOperation[]): boolean {
  const names = [alteration.from.name, alteration.to.name];
  return operations.every(
    (one) =>
      one === alteration ||
      ((one.kind === "renameColumn" ? !names.includes(one.from) && !names.includes(one.to) : true) &&
        (one.kind === "alterColumn" ? !names.includes(one.to.name) : true)),
  );
}

function moveLate(alteration: Alteration, operations: readonly TableOperation[]): readonly TableOperation[] {
  const rest = operations.filter((one) => one !== alteration);
  const last = rest.findLastIndex((one) => isKey(one, ["addConstraint", "createIndex"]));
  return operations.indexOf(alteration) > last ? operations : rest.toSpliced(last + 1, 0, alteration);
}

function moveEarly(alteration: Alteration, operations: readonly TableOperation[]): readonly TableOperation[] {
  const first = operations.findIndex((one) => isKey(one, ["dropConstraint", "dropIndex"]));
  if (first === -1 || operations.indexOf(alteration) < first) return operations;
  return operations.filter((one) => one !== alteration).toSpliced(first, 0, alteration);
}

/**
 * The changes of a table in an order in which a column is numbered only while there is a key of it: the server refuses the contrary at the end of every statement,
 * and several may be needed. In a single one the order means nothing.
 */
export function placeNumbering(operations: readonly TableOperation[]): readonly TableOperation[] {
  return operations
    .filter(isAlteration)
    .filter((one) => changesNumbering(one) && isOnly(one, operations))
    .reduce<readonly TableOperation[]>(
      (placed, one) => (one.to.autoIncrement ? moveLate(one, placed) : moveEarly(one, placed)),
      operations,
    );
}
