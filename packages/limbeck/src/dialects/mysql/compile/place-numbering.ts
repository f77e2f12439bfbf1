import { isSameStructure } from "../../../diff/same-structure.ts";
import type { OperationMap, TableOperation } from "../../../ops/operation.ts";
import type { Column } from "../../../schema/model/column.ts";

type Alteration = OperationMap["alterColumn"];

const isAlteration = (operation: TableOperation): operation is Alteration => operation.kind === "alterColumn";

const isKey = (operation: TableOperation, kinds: readonly TableOperation["kind"][]): boolean =>
  kinds.includes(operation.kind) && !("constraint" in operation && !isKeyConstraint(operation.constraint.kind));

const isKeyConstraint = (kind: string): boolean => kind === "primaryKey" || kind === "unique";

/** Whether a column begins to be numbered, or ceases to. */
const changesNumbering = ({ from, to }: Alteration): boolean =>
  (from.autoIncrement ?? false) !== (to.autoIncrement ?? false);

/** Whether no other change of the column but that of its name stands beside it. */
const isSole = (alteration: Alteration, operations: readonly TableOperation[]): boolean =>
  operations.every((one) => one === alteration || !isAlteration(one) || one.to.name !== alteration.to.name);

/** What a column is called before some operations, by its name after them. */
const nameBefore = (name: string, operations: readonly TableOperation[]): string =>
  operations.reduceRight((after, one) => (one.kind === "renameColumn" && one.to === after ? one.from : after), name);

/** The contrary. */
const nameAfter = (name: string, operations: readonly TableOperation[]): string =>
  operations.reduce((before, one) => (one.kind === "renameColumn" && one.from === before ? one.to : before), name);

const unnumbered = ({ autoIncrement: _numbered, ...column }: Column): Column => column;

/** The same operations, with an alteration in two: one that only concerns the numbering, and the rest, where there is any. */
function splitNumbering(
  alteration: Alteration,
  operations: readonly TableOperation[],
): readonly [numbering: Alteration, operations: readonly TableOperation[]] {
  const { from, to } = alteration;
  const position = operations.indexOf(alteration);
  const [before, after] = [operations.slice(0, position), operations.slice(position + 1)];
  const rest: Alteration = { ...alteration, from: unnumbered(from), to: unnumbered(to) };
  const others = [...before, ...(isSameStructure(rest.from, rest.to) ? [] : [rest])];
  if (to.autoIncrement) {
    const name = nameAfter(to.name, after);
    const numbering = { ...alteration, from: { ...unnumbered(to), name }, to: { ...to, name } };
    return [numbering, [...others, ...after, numbering]];
  }
  const name = nameBefore(from.name, before);
  const numbering = { ...alteration, from: { ...from, name }, to: { ...unnumbered(from), name } };
  return [numbering, [numbering, ...others, ...after]];
}

const isRenamed = ({ to }: Alteration, operations: readonly TableOperation[]): boolean =>
  operations.some((one) => one.kind === "renameColumn" && [one.from, one.to].includes(to.name));

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

/** Puts an alteration where there is a key of the column. */
function place(alteration: Alteration, operations: readonly TableOperation[]): readonly TableOperation[] {
  const [numbering, all] = isRenamed(alteration, operations)
    ? splitNumbering(alteration, operations)
    : [alteration, operations];
  return numbering.to.autoIncrement ? moveLate(numbering, all) : moveEarly(numbering, all);
}

/**
 * The changes of a table in an order in which a column is numbered only while there is a key of it: the server refuses the contrary at the end of every statement,
 * and several may be needed. In a single one the order means nothing.
 */
export function placeNumbering(operations: readonly TableOperation[]): readonly TableOperation[] {
  return operations
    .filter(isAlteration)
    .filter((one) => changesNumbering(one) && isSole(one, operations))
    .reduce<readonly TableOperation[]>((placed, one) => place(one, placed), operations);
}
