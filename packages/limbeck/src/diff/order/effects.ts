import { dispatchOperation, type Operation, type OperationTable } from "../../ops/operation.ts";
import type { Trigger } from "../../schema/model/schema.ts";
import { listParents } from "../../schema/model/table.ts";
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
  indexUses,
  tableThings,
  tableUses,
} from "./table-uses.ts";
import {
  bothWays,
  column,
  eitherWay,
  enumValue,
  fold,
  named,
  nature,
  partIndexes,
  relation,
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
    ...mentionedObjects(trigger.definition, context),
    ...(followed === undefined ? [] : [triggerName({ name: followed })]),
  ];
}

const none = (): Effects => ({});

const EFFECTS: OperationTable<Effects, [EffectContext]> = {
  createTable: ({ table }, context) => ({ creates: tableThings(table), requires: tableUses(table, context) }),
  dropTable: ({ table }, context) => ({
    // Who points to a table points to its partitions.
    destroys: [...tableThings(table), ...listParents(table).map(target)],
    releases: tableUses(table, context),
  }),
  renameTable: ({ from, to }) => ({ destroys: [relation(from)], creates: [relation(to)] }),
  addColumn: ({ table, column: added }, context) => ({
    creates: eitherWay(column(table, added.name)),
    requires: [relation(table), ...columnUses(table, added, context)],
  }),
  dropColumn: ({ table, column: dropped }, context) => ({
    destroys: eitherWay(column(table, dropped.name)),
    requires: [relation(table)],
    releases: columnUses(table, dropped, context),
  }),
  renameColumn: ({ table, from, to }) => ({
    destroys: [column(table, from)],
    creates: [column(table, to)],
    requires: [relation(table)],
  }),
  alterColumn: ({ table, from, to }, context) => {
    const isSame = isSameStructure(from.type, to.type) && from.collation === to.collation;
    const isSameSource = isSameStructure(from.generated, to.generated);
    const changed = [...(isSame ? [] : [nature(table, to.name)]), ...(isSameSource ? [] : [source(table, to.name)])];
    const [before, after] = [sourceColumns(table, from, context), sourceColumns(table, to, context)];
    const only = (some: readonly string[], others: readonly string[]): readonly string[] =>
      some.filter((name) => !others.includes(name)).map((name) => source(table, name));
    return {
      destroys: changed,
      creates: changed,
      requires: [relation(table), ...columnUses(table, to, context), ...only(after, before)],
      releases: [...columnUses(table, from, context), ...only(before, after)],
    };
  },
  addConstraint: ({ table, constraint }, context) => ({
    creates: [...constraintNames(table, constraint), ...constraintKeys(table, constraint)],
    destroys: hasIndex(constraint) ? [partIndexes(table)] : [],
    requires: [relation(table), ...constraintUses(table, constraint, context)],
  }),
  dropConstraint: ({ table, constraint }, context) => ({
    destroys: [...constraintNames(table, constraint), ...constraintKeys(table, constraint)],
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
  setTableOptions: ({ table, from, to }) => ({
    requires: [relation(table), ...listParents({ options: to ?? {} }).map(relation)],
    releases: listParents({ options: from ?? {} }).map(relation),
  }),
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
  execute: none,
  custom: none,
  bulkInsert: none,
};

/** What an operation of the comparison does to the things that order depends on. */
export function findEffects(operation: Operation, context: EffectContext): Effects {
  return dispatchOperation<Effects, [EffectContext]>(EFFECTS, operation, context);
}
