import type { Operation } from "../../ops/operation.ts";
import type { ForeignKey } from "../../schema/model/constraint.ts";
import type { Table } from "../../schema/model/table.ts";
import { isTableOperation, stageOf } from "./ranks.ts";

/** Operations that stay together. */
export type Group = readonly Operation[];

/** A group in parts that may be moved apart: what it takes away, what it changes, what it adds; else each by itself. */
function splitGroup(group: Group): readonly Group[] {
  const stages = [...Map.groupBy(group, stageOf)].toSorted(([a], [b]) => a - b).map(([, part]) => part);
  return stages.length > 1 ? stages : group.map((operation) => [operation]);
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
  const large = circle.find((group) => group.length > 1 && group.every(isTableOperation));
  return large && [large, splitGroup(large)];
}
