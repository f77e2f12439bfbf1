import type { Operation } from "../../ops/operation.ts";
import type { ForeignKey } from "../../schema/model/constraint.ts";
import type { Table } from "../../schema/model/table.ts";
import { isTableOperation, stageOf } from "./ranks.ts";

/** Operations that stay together. */
export type Group = readonly Operation[];

const isForeignKey = (operation: Operation): boolean =>
  "constraint" in operation && operation.constraint.kind === "foreignKey";

function splitBy(group: Group, keyOf: (operation: Operation) => number): readonly Group[] {
  return [...Map.groupBy(group, keyOf)].toSorted(([a], [b]) => a - b).map(([, part]) => part);
}

/** Ways to take the changes of a table apart, the one that leaves most together first. */
const SPLITS: readonly ((group: Group) => readonly Group[])[] = [
  // Most circles run through keys that let go of one column of a table and take hold of another.
  (group) => splitBy(group, (one) => (one.kind === "dropConstraint" && isForeignKey(one) ? 0 : 1)),
  (group) => splitBy(group, (one) => (one.kind === "addConstraint" && isForeignKey(one) ? 1 : 0)),
  (group) => splitBy(group, stageOf),
  (group) => group.map((operation) => [operation]),
];

function splitOne(groups: readonly Group[]): readonly [Group, readonly Group[]] | undefined {
  for (const split of SPLITS) {
    for (const group of groups) {
      const parts = split(group);
      if (parts.length > 1) return [group, parts];
    }
  }
  return undefined;
}

function separateKeys(table: Table, others: ReadonlySet<string>): readonly [Table, readonly ForeignKey[]] {
  const isSeparate = (constraint: Table["constraints"][number]): constraint is ForeignKey =>
    constraint.kind === "foreignKey" && others.has(constraint.references.table);
  const rest = table.constraints.filter((constraint) => !isSeparate(constraint));
  return [{ ...table, constraints: rest }, table.constraints.filter(isSeparate)];
}

/** A new or a doomed table without the foreign keys that lead to others in its circle, which are added or dropped apart. */
function separateTable(operation: Operation, circle: ReadonlySet<string>): readonly Group[] | undefined {
  if (operation.kind !== "createTable" && operation.kind !== "dropTable") return undefined;
  const { name } = operation.table;
  const [table, keys] = separateKeys(operation.table, circle.difference(new Set([name])));
  if (keys.length === 0) return undefined;
  const kind = operation.kind === "createTable" ? "addConstraint" : "dropConstraint";
  return [[{ ...operation, table }], keys.map((constraint): Operation => ({ kind, table: name, constraint }))];
}

/**
 * Takes one group of a circle apart so that its parts can be ordered.
 *
 * @returns the group and its parts, or undefined when no group of the circle has parts
 */
export function breakCircle(circle: readonly Group[]): readonly [Group, readonly Group[]] | undefined {
  const tables = new Set(
    circle.flat().flatMap((one) => (one.kind === "createTable" || one.kind === "dropTable" ? one.table.name : [])),
  );
  for (const group of circle) {
    const [first] = group;
    const parts = group.length === 1 && first ? separateTable(first, tables) : undefined;
    if (parts) return [group, parts];
  }
  return splitOne(circle.filter((group) => group.every(isTableOperation)));
}
