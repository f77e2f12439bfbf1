import type { Operation, TableOperation } from "../../ops/operation.ts";
import type { Schema } from "../../schema/model/schema.ts";
import { listParents } from "../../schema/model/table.ts";
import type { DiffRules } from "../diff-rules.ts";
import { listSources } from "../list-sources.ts";
import { breakCircle, type Group } from "./break-circle.ts";
import type { EffectContext, GivenPlace } from "./effect-context.ts";
import { findEffects } from "./effects.ts";
import { placeColumns } from "./place-columns.ts";
import { isTableOperation, placeTableOperation, rankOperation } from "./ranks.ts";
import { sortChanges, type Change } from "./sort-changes.ts";

function listObjectNames({ enums, sequences, objects }: Schema, rules: DiffRules): readonly string[] {
  const called = objects.flatMap((object) => rules.findCalledName(object) ?? []);
  return [...enums.map(({ name }) => name), ...sequences.map(({ name }) => name), ...called];
}

function createContext(before: Schema, after: Schema, rules: DiffRules): EffectContext {
  const columns = new Map<string, Set<string>>();
  for (const { name, columns: own } of [...before.tables, ...after.tables]) {
    columns.set(name, new Set([...(columns.get(name) ?? []), ...own.map((column) => column.name)]));
  }
  const parents = new Map([...before.tables, ...after.tables].map((table) => [table.name, listParents(table)]));
  const targets = Map.groupBy(
    [...before.tables, ...after.tables].flatMap(({ name, constraints }) =>
      constraints.flatMap((one) => (one.kind === "foreignKey" ? { name, target: one.references.table } : [])),
    ),
    ({ name }) => name,
  );
  const computing = Map.groupBy(
    [...before.tables, ...after.tables].filter((table) => table.columns.some(({ generated }) => generated)),
    ({ name }) => name,
  );
  const relations = [before, after].flatMap(({ tables, views }) => [...tables, ...views].map(({ name }) => name));
  return {
    columnsOf: (table) => [...(columns.get(table) ?? [])],
    sourcesOf: (table, column) => (computing.get(table) ?? []).flatMap((one) => listSources(column, one)),
    parentsOf: (table) => parents.get(table) ?? [],
    relations: [...new Set(relations)],
    objects: [...new Set([before, after].flatMap((schema) => listObjectNames(schema, rules)))],
    findCalledName: rules.findCalledName,
    findFollowed: rules.findFollowed,
    isVolatile: rules.isVolatile,
    changesText: rules.changesText,
    targetsOf: (table) => [
      ...new Set((targets.get(table) ?? []).flatMap(({ target }) => (target === table ? [] : target))),
    ],
    namespaceOf: rules.namespaceOf,
    inlineForeignKeys: rules.inlineForeignKeys,
  };
}

type Places = ReadonlyMap<Operation, GivenPlace>;

function createChange(operations: Group, rank: number, context: EffectContext, places?: Places): Change {
  const effects = operations.map((one) => places?.get(one)?.effects ?? findEffects(one, context));
  return { operations, effects, rank };
}

/** Which operations stay together: the changes of a table, and the renames of all tables, whose names may go in turn. */
function findGroupKey(operation: Operation, position: number, places?: Places): string {
  if (places?.has(operation)) return `alone ${position}`;
  if (isTableOperation(operation)) return `change ${operation.table}`;
  return operation.kind === "renameTable" ? "rename" : `alone ${position}`;
}

/** The changes of one table in the order in which they can be made; renames of columns go in the order given. */
function sortGroup(group: Group, context: EffectContext): Group {
  const operations = group.filter(isTableOperation);
  if (operations.length < 2) return group;
  const keys = operations.map((one, position) => (one.kind === "renameColumn" ? "rename" : `alone ${position}`));
  const units = Map.groupBy(operations.keys(), (position) => keys[position]);
  const changes = [...units.values()].map((positions) => {
    const unit = positions.flatMap((position) => operations[position] ?? []);
    return createChange(unit, Math.min(...unit.map(placeTableOperation)), context);
  });
  return sortChanges(changes).changes.flatMap((change) => change.operations);
}

/** Takes a group of each circle apart; the groups themselves when none of them has parts. */
function breakCircles(groups: readonly Group[], circles: readonly (readonly Group[])[]): readonly Group[] {
  const parts = new Map<Group, readonly Group[]>();
  for (const circle of circles) {
    // A group that two circles share is taken apart once: that may have broken both.
    if (circle.some((group) => parts.has(group))) continue;
    const broken = breakCircle(circle);
    if (broken) parts.set(...broken);
  }
  return parts.size === 0 ? groups : groups.flatMap((group) => parts.get(group) ?? [group]);
}

/** Sorts groups; where they stand in circles, some are taken apart until there is an order. */
function sortGroups(
  unsorted: readonly Group[],
  context: EffectContext,
  { rules, places }: OrderContext,
): readonly Group[] {
  let groups = unsorted;
  const rank = (operation: Operation): number => places?.get(operation)?.rank ?? rankOperation(operation, rules);
  for (;;) {
    const changes = groups.map((group) => createChange(group, Math.min(...group.map(rank)), context, places));
    const sorted = sortChanges(changes);
    const circles = sorted.circles.map((circle) => circle.map((change) => change.operations));
    const broken = breakCircles(groups, circles);
    if (broken === groups) return sorted.changes.map((change) => change.operations);
    groups = broken;
  }
}

function wrapGroup(group: Group): readonly Operation[] {
  const changes: readonly TableOperation[] = group.filter(isTableOperation);
  const [first] = changes;
  if (!first || changes.length < 2) return group;
  return [{ kind: "alterTable", table: first.table, operations: changes }];
}

/** What the order of operations depends on. */
export interface OrderContext {
  /** The schema that the operations meet. */
  readonly current: Schema;
  /** The same after the renames of tables. */
  readonly original: Schema;
  /** The schema they lead to. */
  readonly target: Schema;
  readonly rules: DiffRules;
  /** Of operations that do not say themselves what they do. Default: there are none. */
  readonly places?: Places;
}

/**
 * Puts operations into an order in which each finds what it needs, says where columns stand, and groups the changes of
 * each table. One graph decides: an operation comes after those that create what it requires, and before those that
 * destroy what it lets go. Where tables need each other, their foreign keys come afterwards.
 */
export function orderOperations(operations: readonly Operation[], context: OrderContext): readonly Operation[] {
  if (operations.length === 0) return operations;
  const { current, original, target, rules } = context;
  const everything: Schema = { ...original, tables: [...current.tables, ...original.tables], views: current.views };
  const effects = createContext(everything, target, rules);
  const groups = [
    ...Map.groupBy(operations.entries(), ([position, operation]) =>
      findGroupKey(operation, position, context.places),
    ).values(),
  ]
    .map((entries) => entries.map(([, operation]) => operation))
    .map((group) => sortGroup(group, effects));
  const sorted = sortGroups(groups, effects, context);
  const placed = placeColumns(sorted.flat(), { before: original, after: target, columnOrder: rules.columnOrder });
  let start = 0;
  return sorted.flatMap((group) => {
    const end = start + group.length;
    const members = placed.slice(start, end);
    start = end;
    return wrapGroup(members);
  });
}
