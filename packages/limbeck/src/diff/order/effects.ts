import { dispatchOperation, type Operation, type OperationTable } from "../../ops/operation.ts";
import type { Column } from "../../schema/model/column.ts";
import type { Constraint, ForeignKey } from "../../schema/model/constraint.ts";
import type { Sequence } from "../../schema/model/sequence.ts";
import type { TableIndex } from "../../schema/model/table-index.ts";
import { listParents, type Table } from "../../schema/model/table.ts";
import { findLastName } from "../../ops/expression/last-name.ts";
import type { DefinedObject, ObjectName } from "../../schema/model/defined-object.ts";
import { findMentioned } from "../find-mentioned.ts";

/**
 * What an operation does to the things that order depends on, each named by a text:
 * whoever requires a thing comes after whoever creates it, whoever releases it before whoever destroys it, and whoever
 * destroys it before whoever creates another of that name.
 */
export interface Effects {
  readonly creates?: readonly string[];
  readonly requires?: readonly string[];
  readonly releases?: readonly string[];
  readonly destroys?: readonly string[];
}

/** What the effects of an operation depend on besides the operation. */
export interface EffectContext {
  /** The names of all columns that a table has before or after, for finding them in expressions. */
  readonly columnsOf: (table: string) => readonly string[];
  /** The names of all tables and views, before or after, for finding them in definitions. */
  readonly relations: readonly string[];
  /** The tables whose columns a table has. */
  readonly parentsOf: (table: string) => readonly string[];
  /** The names of all enums, sequences and objects, before or after. */
  readonly objects: readonly string[];
  /** See `DiffRules`. */
  readonly findCalledName: (object: ObjectName) => string | undefined;
  /** See `DiffRules`. */
  readonly namespaceOf: (name: string) => string | undefined;
  /** Whether a foreign key may stand before its table does; see `DiffRules`. */
  readonly inlineForeignKeys: boolean;
}

/** Marks what it is merely nicer to keep to: such an order is given up when it would run in a circle. */
const SOFT = "~";

/** Whether the order around a thing may be given up. */
export const isSoft = (thing: string): boolean => thing.startsWith(SOFT);

// Names are folded: an engine that tells upper from lower case loses nothing but a little freedom of order.
const fold = (name: string): string => name.toLowerCase();
const relation = (name: string): string => `relation ${fold(name)}`;
const target = (table: string): string => `target ${fold(table)}`;
const column = (table: string, name: string): string => `column ${fold(table)}.${fold(name)}`;
/** What a column is, which those who point to it have to share. */
const nature = (table: string, name: string): string => `nature ${fold(table)}.${fold(name)}`;
const key = (table: string, columns: readonly string[]): string =>
  `key ${fold(table)}(${columns.map(fold).toSorted().join(", ")})`;

/** An enum, a sequence or an object, by what texts call it: functions of one name are one thing. */
const named = (name: string): string => `object ${fold(findLastName(name))}`;
/** An object that texts cannot speak of. */
const silent = (name: string): string => `object named ${fold(name)}`;
/** A value of an enum, which has to be there when it is used. */
const enumValue = (name: string, value: string): string => `value ${fold(findLastName(name))} ${value}`;

/** The indexes of partitions, which one of the whole table makes its own when they are alike. */
const partIndexes = (table: string): string => `${SOFT}part indexes ${fold(table)}`;

/** Both forms of a thing that some engines insist on and others don't. */
const eitherWay = (thing: string): readonly string[] => [thing, SOFT + thing];

/** On some engines the names of constraints must differ within the whole schema. */
function constraintNames(table: string, { kind, name }: Constraint): readonly string[] {
  const own = kind === "primaryKey" ? [`primary key ${fold(table)}`] : [];
  if (name === undefined) return own;
  return [...own, `constraint ${fold(table)}.${fold(name)}`, `${SOFT}constraint ${fold(name)}`];
}

const hasIndex = ({ kind }: Constraint): boolean => kind === "primaryKey" || kind === "unique";

function constraintKeys(table: string, constraint: Constraint): readonly string[] {
  const isKey = constraint.kind === "primaryKey" || constraint.kind === "unique";
  return isKey ? eitherWay(key(table, constraint.columns)) : [];
}

function indexThings(table: string, index: TableIndex): readonly string[] {
  const columns = index.parts.flatMap((part) => part.column ?? []);
  return [relation(index.name), ...(index.unique ? eitherWay(key(table, columns)) : [])];
}

function referredThings({ references }: ForeignKey, { inlineForeignKeys }: EffectContext): readonly string[] {
  const { table, columns } = references;
  const things = [target(table), key(table, columns)].map((thing) => (inlineForeignKeys ? SOFT + thing : thing));
  const natures = inlineForeignKeys ? [] : columns.map((name) => nature(table, name));
  return [...things, ...columns.map((name) => column(table, name)), ...natures];
}

function mentionedColumns(table: string, sql: string, { columnsOf }: EffectContext): readonly string[] {
  return findMentioned(sql, columnsOf(table)).map((name) => column(table, name));
}

function constraintUses(table: string, constraint: Constraint, context: EffectContext): readonly string[] {
  if (constraint.kind === "check") {
    const { expression } = constraint;
    return [...mentionedColumns(table, expression, context), ...mentionedObjects(expression, context)];
  }
  const columns = constraint.columns.map((name) => column(table, name));
  return constraint.kind === "foreignKey" ? [...columns, ...referredThings(constraint, context)] : columns;
}

function indexUses(table: string, { parts, where }: TableIndex, context: EffectContext): readonly string[] {
  const texts = [where, ...parts.map(({ expression }) => expression)].filter((text) => text !== undefined);
  return [
    ...parts.flatMap((part) => (part.column === undefined ? [] : column(table, part.column))),
    ...texts.flatMap((text) => [...mentionedColumns(table, text, context), ...mentionedObjects(text, context)]),
  ];
}

function columnUses(table: string, one: Column, context: EffectContext): readonly string[] {
  const { name, generated } = one;
  const objects = mentionedObjects(columnText(one), context);
  if (!generated) return objects;
  const others = mentionedColumns(table, generated.expression, context).filter((thing) => thing !== column(table, name));
  return [...others, ...objects];
}

/** The schema within the database, which has to be there before what is in it. */
function homes(name: string, { namespaceOf }: EffectContext): readonly string[] {
  const home = namespaceOf(name);
  return home === undefined ? [] : [named(home)];
}

/** The literals in SQL text. */
const LITERAL = /'((?:[^']|'')*)'/g;

/** The objects that SQL text speaks of, and values of those that are enums. */
function mentionedObjects(sql: string, { objects }: EffectContext): readonly string[] {
  const mentioned = findMentioned(sql, objects);
  if (mentioned.length === 0) return [];
  const literals = [...sql.matchAll(LITERAL)].map(([, text = ""]) => text.replaceAll("''", "'"));
  return mentioned.flatMap((name) => [named(name), ...literals.map((value) => enumValue(name, value))]);
}

function columnText({ type, default: value, generated }: Column): string {
  const words = [type.kind === "raw" ? type.sql : "", generated?.expression];
  if (value?.kind === "expression") words.push(value.sql);
  if (value?.kind === "value" && typeof value.value === "string") words.push(`'${value.value.replaceAll("'", "''")}'`);
  return words.join(" ");
}

function constraintText(constraint: Constraint): string {
  return constraint.kind === "check" ? constraint.expression : "";
}

function indexText({ parts, where = "" }: TableIndex): string {
  return [where, ...parts.map(({ expression = "" }) => expression)].join(" ");
}

/** What a table needs of enums, sequences and objects. */
function tableObjects({ columns, constraints, indexes, options }: Table, context: EffectContext): readonly string[] {
  const texts = [
    ...columns.map(columnText),
    ...constraints.map(constraintText),
    ...indexes.map(indexText),
    options ? JSON.stringify(options).replaceAll('\\"', '"') : "",
  ];
  return [...new Set(texts.filter((text) => text !== "").flatMap((text) => mentionedObjects(text, context)))];
}

/** A whole table: its name, its keys, the names in it. Its columns come and go with it. */
function tableThings({ name, constraints, indexes }: Table): readonly string[] {
  return [
    ...eitherWay(relation(name)),
    ...eitherWay(target(name)),
    ...constraints.flatMap((constraint) => [...constraintNames(name, constraint), ...constraintKeys(name, constraint)]),
    ...indexes.flatMap((index) => indexThings(name, index)),
  ];
}

function tableUses(table: Table, context: EffectContext): readonly string[] {
  const { name, constraints } = table;
  const references = constraints.flatMap((constraint) =>
    constraint.kind === "foreignKey" && constraint.references.table !== name ? referredThings(constraint, context) : [],
  );
  const parents = listParents(table).map(relation);
  return [...references, ...parents, ...homes(name, context), ...tableObjects(table, context)];
}

function mentionedRelations(own: string, sql: string, context: EffectContext): readonly string[] {
  const relations = findMentioned(sql, context.relations).filter((name) => name !== own);
  return [...relations.map(relation), ...homes(own, context), ...mentionedObjects(sql, context)];
}

/** The thing that an object is. */
function objectThing(object: DefinedObject, { findCalledName }: EffectContext): string {
  const called = findCalledName(object);
  return called === undefined ? silent(object.name) : named(called);
}

/** What an object needs: hard where the engine knows it, softly whatever its text speaks of besides. */
function objectUses(object: DefinedObject, context: EffectContext): readonly string[] {
  const { name, table, definition, dependsOn } = object;
  const own = objectThing(object, context);
  const hard = (dependsOn ?? []).flatMap((one) => [relation(one), named(one), silent(one)]);
  const relations = findMentioned(definition, context.relations);
  const mentioned = [
    ...relations.map(relation),
    ...relations.flatMap((one) => mentionedColumns(one, definition, context)),
    ...mentionedObjects(definition, context),
  ];
  const tables = table === undefined ? [] : [relation(table)];
  return [...homes(name, context), ...tables, ...hard, ...mentioned.map((thing) => SOFT + thing)].filter(
    (thing) => thing !== own && thing !== SOFT + own,
  );
}

/** A thing and its soft form, so that those who only speak of it come after it too. */
const bothWays = (things: readonly string[]): readonly string[] => things.flatMap(eitherWay);

/** Whether each table has names of its own or not: one of a name goes before another comes. */
const triggerName = ({ name }: { readonly name: string }): string => `trigger ${fold(name)}`;

function ownerUses({ ownedBy }: Sequence): readonly string[] {
  return ownedBy ? [relation(ownedBy.table), column(ownedBy.table, ownedBy.column)] : [];
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
    const changed = from.type.kind === to.type.kind ? [] : [nature(table, to.name)];
    return {
      destroys: changed,
      creates: changed,
      requires: [relation(table), ...columnUses(table, to, context)],
      releases: columnUses(table, from, context),
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
    requires: [relation(trigger.table), ...mentionedObjects(trigger.definition, context)],
  }),
  dropTrigger: ({ trigger }, context) => ({
    destroys: [triggerName(trigger)],
    releases: [relation(trigger.table), ...mentionedObjects(trigger.definition, context)],
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
  bulkInsert: none,
};

/** What an operation of the comparison does to the things that order depends on. */
export function findEffects(operation: Operation, context: EffectContext): Effects {
  return dispatchOperation<Effects, [EffectContext]>(EFFECTS, operation, context);
}
