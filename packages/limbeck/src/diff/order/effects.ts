import { dispatchOperation, type Operation, type OperationMap, type OperationTable } from "../../ops/operation.ts";
import type { Column } from "../../schema/model/column.ts";
import type { Trigger } from "../../schema/model/schema.ts";
import { isPartition, listParents, type Table } from "../../schema/model/table.ts";
import { isSameStructure } from "../same-structure.ts";
import type { EffectContext, Effects } from "./effect-context.ts";
import { homes, mentionedObjects } from "./mentioned-things.ts";
import { mentionedRelations, objectThing, objectUses, ownerUses } from "./object-uses.ts";
import {
  columnUses,
  constraintKeys,
  constraintNames,
  constraintUses,
  hasIndex,
  indexThings,
  sourceColumns,
  sourceNatures,
  indexUses,
  tableThings,
  tableUses,
} from "./table-uses.ts";
import {
  atLast,
  bothWays,
  column,
  durable,
  eitherWay,
  enumValue,
  fleeting,
  fold,
  formerly,
  free,
  joined,
  left,
  lettering,
  lighter,
  moved,
  named,
  nature,
  nulls,
  partIndexes,
  relation,
  room,
  rowsOf,
  source,
  target,
} from "./things.ts";

/** Whether each table has names of its own or not: one of a name goes before another comes. */
const triggerName = ({ name }: { readonly name: string }): string => `trigger ${fold(name)}`;

/** What a trigger needs: its table, what its text calls, and the one that it follows. */
function triggerUses(trigger: Trigger, context: EffectContext): readonly string[] {
  const followed = context.findFollowed(trigger);
  return [
    relation(trigger.table),
    rowsOf(trigger.table),
    ...mentionedObjects(trigger.definition, context),
    ...(followed === undefined ? [] : [triggerName({ name: followed })]),
  ];
}

const none = (): Effects => ({});

/** The table that one is a partition of. */
const listWholes = (options: Table["options"]): readonly string[] =>
  isPartition({ options: options ?? {} }) ? listParents({ options: options ?? {} }) : [];

/** The tables that one is a partition of, and what those are partitions of. */
function listAllWholes({ options }: Pick<Table, "options">, { parentsOf }: EffectContext): readonly string[] {
  const above = (name: string): readonly string[] => [name, ...parentsOf(name).flatMap(above)];
  return listWholes(options).flatMap(above);
}

/** A table that is to lose its rows in a crash does so before those that it refers to, and a table that is to keep them after those. */
function durabilityEffects(
  { table, from, to }: OperationMap["setTableOptions"],
  { isVolatile, targetsOf }: EffectContext,
): Effects {
  const becomesVolatile = isVolatile(to ?? undefined);
  if (isVolatile(from ?? undefined) === becomesVolatile) return {};
  const targets = targetsOf(table).map(durable);
  return becomesVolatile
    ? { creates: [fleeting(table)], destroys: [durable(table)], releases: targets }
    : { creates: [durable(table)], destroys: [fleeting(table)], requires: targets };
}

/** What two effects come to. */
const joinEffects = (a: Effects, b: Effects): Effects => ({
  creates: [...(a.creates ?? []), ...(b.creates ?? [])],
  requires: [...(a.requires ?? []), ...(b.requires ?? [])],
  releases: [...(a.releases ?? []), ...(b.releases ?? [])],
  destroys: [...(a.destroys ?? []), ...(b.destroys ?? [])],
});

const EFFECTS: OperationTable<Effects, [EffectContext]> = {
  createTable: ({ table }, context) => ({
    // Who points to a table points to its partitions, and comes when they are there.
    creates: [...tableThings(table), ...listAllWholes(table, context).map(target)],
    requires: [...tableUses(table, context), ...listWholes(table.options).map(room)],
  }),
  dropTable: ({ table }, context) => ({
    destroys: [...tableThings(table), ...listParents(table).map(target), ...listAllWholes(table, context).map(target)],
    releases: tableUses(table, context),
    creates: listWholes(table.options).map(room),
  }),
  renameTable: ({ from, to }) => ({ destroys: [relation(from)], creates: [relation(to)] }),
  addColumn: ({ table, column: added }, context) => ({
    creates: eitherWay(column(table, added.name)),
    requires: [
      relation(table),
      joined(table),
      ...columnUses(table, added, context),
      ...sourceNatures(table, added, context),
      // What it is computed from may have been computed itself, which some engines refuse to compute from.
      ...sourceColumns(table, added, context).map((name) => source(table, name)),
    ],
  }),
  dropColumn: ({ table, column: dropped }, context) => ({
    destroys: eitherWay(column(table, dropped.name)),
    requires: [relation(table), left(table)],
    releases: [
      ...columnUses(table, dropped, context),
      ...sourceNatures(table, dropped, context),
      ...sourceColumns(table, dropped, context).map((name) => source(table, name)),
    ],
  }),
  renameColumn: ({ table, from, to }) => ({
    destroys: [column(table, from)],
    creates: [column(table, to)],
    requires: [relation(table)],
  }),
  alterColumn: ({ table, from, to }, context) => {
    const isSame = isSameStructure(from.type, to.type) && from.collation === to.collation;
    const isSameSource = isSameStructure(from.generated, to.generated);
    const changed = [
      ...(isSame ? [] : eitherWay(nature(table, to.name))),
      ...(from.nullable === to.nullable ? [] : eitherWay(nulls(table, to.name))),
      ...(isSameSource ? [] : [source(table, to.name)]),
    ];
    const [before, after] = [sourceColumns(table, from, context), sourceColumns(table, to, context)];
    const only = (some: readonly string[], others: readonly string[]): readonly string[] =>
      some.filter((name) => !others.includes(name)).map((name) => source(table, name));
    const natures = (one: Column): readonly string[] => (isSameSource ? [] : sourceNatures(table, one, context));
    return {
      destroys: [...changed, ...(isSameSource ? [] : [formerly(table, to.name)])],
      creates: [...changed, ...(isSameSource ? [] : [atLast(table, to.name)])],
      requires: [relation(table), ...columnUses(table, to, context), ...only(after, before), ...natures(to)],
      releases: [...columnUses(table, from, context), ...only(before, after), ...natures(from)],
    };
  },
  addConstraint: ({ table, constraint }, context) => ({
    creates: [...constraintNames(table, constraint), ...constraintKeys(table, constraint)],
    destroys: hasIndex(constraint) ? [partIndexes(table)] : [],
    requires: [relation(table), ...constraintUses(table, constraint, context)],
  }),
  dropConstraint: ({ table, constraint }, context) => ({
    destroys: [...constraintNames(table, constraint), ...constraintKeys(table, constraint)],
    creates: [lighter(table)],
    requires: [relation(table)],
    releases: [
      ...constraintUses(table, constraint, context),
      ...(hasIndex(constraint) ? context.parentsOf(table).map(partIndexes) : []),
    ],
  }),
  createIndex: ({ table, index }, context) => ({
    creates: indexThings(table, index),
    destroys: [partIndexes(table)],
    requires: [relation(table), ...indexUses(table, index, context)],
  }),
  dropIndex: ({ table, index }, context) => ({
    destroys: indexThings(table, index),
    requires: [relation(table)],
    releases: [...indexUses(table, index, context), ...context.parentsOf(table).map(partIndexes)],
  }),
  renameIndex: ({ table, from, to }) => ({
    destroys: [relation(from)],
    creates: [relation(to)],
    requires: [relation(table)],
  }),
  setTableOptions: (operation, context) => {
    const { table, from, to } = operation;
    const [old = [], fresh = []] = [from, to].map((options) => listParents({ options: options ?? {} }));
    const isMoved = !isSameStructure(old, fresh);
    const [gone, come] = [listWholes(from ?? {}), listWholes(to ?? {})];
    const effects: Effects = {
      requires: [
        relation(table),
        ...fresh.map(relation),
        ...old.map(lighter),
        ...come.filter((whole) => !gone.includes(whole)).map(room),
      ],
      releases: old.map(relation),
      creates: [
        ...(isMoved ? [moved(table), ...(old.length > 0 ? [free(table)] : [])] : []),
        ...gone.filter((whole) => !come.includes(whole)).map(room),
        ...fresh.filter((parent) => !old.includes(parent) && !come.includes(parent)).map(joined),
        ...old.filter((parent) => !fresh.includes(parent)).map(left),
      ],
    };
    const letterings = context.changesText(from, to) ? [lettering(table)] : [];
    const written: Effects = { creates: letterings, destroys: letterings };
    return [written, durabilityEffects(operation, context)].reduce(joinEffects, effects);
  },
  setTableComment: ({ table }) => ({ requires: [relation(table)] }),
  createView: ({ view }, context) => ({
    creates: eitherWay(relation(view.name)),
    requires: mentionedRelations(view.name, view.definition, context),
  }),
  dropView: ({ view }, context) => ({
    destroys: eitherWay(relation(view.name)),
    releases: mentionedRelations(view.name, view.definition, context),
  }),
  createTrigger: ({ trigger }, context) => ({
    creates: [triggerName(trigger)],
    requires: triggerUses(trigger, context),
  }),
  dropTrigger: ({ trigger }, context) => ({
    destroys: [triggerName(trigger)],
    releases: triggerUses(trigger, context),
  }),
  createEnum: ({ enum: { name, values } }, context) => ({
    creates: bothWays([named(name), ...values.map((value) => enumValue(name, value))]),
    requires: homes(name, context),
  }),
  dropEnum: ({ enum: { name, values } }, context) => ({
    destroys: bothWays([named(name), ...values.map((value) => enumValue(name, value))]),
    releases: homes(name, context),
  }),
  alterEnum: ({ name, from, to }) => ({
    creates: bothWays(to.filter((value) => !from.includes(value)).map((value) => enumValue(name, value))),
    destroys: bothWays(from.filter((value) => !to.includes(value)).map((value) => enumValue(name, value))),
  }),
  renameEnumValue: ({ name, from, to }) => ({
    creates: bothWays([enumValue(name, to)]),
    destroys: bothWays([enumValue(name, from)]),
  }),
  createSequence: ({ sequence: { name } }, context) => ({
    creates: bothWays([named(name), relation(name)]),
    requires: homes(name, context),
  }),
  dropSequence: ({ sequence: { name } }, context) => ({
    destroys: bothWays([named(name), relation(name)]),
    releases: homes(name, context),
  }),
  alterSequence: ({ from, to }) => ({
    requires: [named(to.name), ...ownerUses(to)],
    releases: [named(from.name), ...ownerUses(from)],
  }),
  createObject: ({ object }, context) => ({
    creates: bothWays([objectThing(object, context)]),
    requires: objectUses(object, context),
  }),
  dropObject: ({ object }, context) => ({
    destroys: bothWays([objectThing(object, context)]),
    releases: objectUses(object, context),
  }),
  replaceObject: ({ from, to }, context) => ({
    requires: objectUses(to, context),
    releases: objectUses(from, context),
  }),
  // The comparison makes groups only after it has ordered, and never raw steps.
  alterTable: none,
  enableSoftDelete: none,
  disableSoftDelete: none,
  execute: none,
  custom: none,
  bulkInsert: none,
};

/** What can be done to a table only when it has left the one that it was a part of. */
const CHANGES_PART: ReadonlySet<string> = new Set<Operation["kind"]>([
  "dropConstraint",
  "dropIndex",
  "dropColumn",
  "addColumn",
  "alterColumn",
  "addConstraint",
  "createIndex",
]);

/** What an operation of the comparison does to the things that order depends on. */
export function findEffects(operation: Operation, context: EffectContext): Effects {
  const effects = dispatchOperation<Effects, [EffectContext]>(EFFECTS, operation, context);
  if (!CHANGES_PART.has(operation.kind) || !("table" in operation) || typeof operation.table !== "string")
    return effects;
  return { ...effects, requires: [...(effects.requires ?? []), free(operation.table)] };
}
