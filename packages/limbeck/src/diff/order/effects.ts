import { dispatchOperation, type Operation, type OperationTable } from "../../ops/operation.ts";
import type { Column } from "../../schema/model/column.ts";
import type { Constraint, ForeignKey } from "../../schema/model/constraint.ts";
import type { TableIndex } from "../../schema/model/table-index.ts";
import type { Table } from "../../schema/model/table.ts";
import { isSameStructure } from "../same-structure.ts";
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

/** Both forms of a thing that some engines insist on and others don't. */
const eitherWay = (thing: string): readonly string[] => [thing, SOFT + thing];

/** On some engines the names of constraints must differ within the whole schema. */
function constraintNames(table: string, { kind, name }: Constraint): readonly string[] {
  const own = kind === "primaryKey" ? [`primary key ${fold(table)}`] : [];
  if (name === undefined) return own;
  return [...own, `constraint ${fold(table)}.${fold(name)}`, `${SOFT}constraint ${fold(name)}`];
}

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
  if (constraint.kind === "check") return mentionedColumns(table, constraint.expression, context);
  const columns = constraint.columns.map((name) => column(table, name));
  return constraint.kind === "foreignKey" ? [...columns, ...referredThings(constraint, context)] : columns;
}

function indexUses(table: string, { parts, where }: TableIndex, context: EffectContext): readonly string[] {
  const texts = [where, ...parts.map(({ expression }) => expression)].filter((text) => text !== undefined);
  return [
    ...parts.flatMap((part) => (part.column === undefined ? [] : column(table, part.column))),
    ...texts.flatMap((text) => mentionedColumns(table, text, context)),
  ];
}

function columnUses(table: string, { name, generated }: Column, context: EffectContext): readonly string[] {
  if (!generated) return [];
  return mentionedColumns(table, generated.expression, context).filter((thing) => thing !== column(table, name));
}

/** A whole table: its name, its keys, the names in it. Its columns come and go with it. */
function tableThings({ name, constraints, indexes }: Table): readonly string[] {
  return [
    relation(name),
    ...eitherWay(target(name)),
    ...constraints.flatMap((constraint) => [...constraintNames(name, constraint), ...constraintKeys(name, constraint)]),
    ...indexes.flatMap((index) => indexThings(name, index)),
  ];
}

function tableUses({ name, constraints }: Table, context: EffectContext): readonly string[] {
  return constraints.flatMap((constraint) =>
    constraint.kind === "foreignKey" && constraint.references.table !== name ? referredThings(constraint, context) : [],
  );
}

function mentionedRelations(own: string, sql: string, { relations }: EffectContext): readonly string[] {
  return findMentioned(sql, relations)
    .filter((name) => name !== own)
    .map(relation);
}

/** Whether each table has names of its own or not: one of a name goes before another comes. */
const triggerName = ({ name }: { readonly name: string }): string => `trigger ${fold(name)}`;

const none = (): Effects => ({});

const EFFECTS: OperationTable<Effects, [EffectContext]> = {
  createTable: ({ table }, context) => ({ creates: tableThings(table), requires: tableUses(table, context) }),
  dropTable: ({ table }, context) => ({ destroys: tableThings(table), releases: tableUses(table, context) }),
  renameTable: ({ from, to }) => ({ destroys: [relation(from)], creates: [relation(to)] }),
  addColumn: ({ table, column: added }, context) => ({
    creates: [column(table, added.name)],
    requires: [relation(table), ...columnUses(table, added, context)],
  }),
  dropColumn: ({ table, column: dropped }, context) => ({
    destroys: [column(table, dropped.name)],
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
    const changed = isSame ? [] : [nature(table, to.name)];
    return {
      destroys: changed,
      creates: changed,
      requires: [relation(table), ...columnUses(table, to, context)],
      releases: columnUses(table, from, context),
    };
  },
  addConstraint: ({ table, constraint }, context) => ({
    creates: [...constraintNames(table, constraint), ...constraintKeys(table, constraint)],
    requires: [relation(table), ...constraintUses(table, constraint, context)],
  }),
  dropConstraint: ({ table, constraint }, context) => ({
    destroys: [...constraintNames(table, constraint), ...constraintKeys(table, constraint)],
    requires: [relation(table)],
    releases: constraintUses(table, constraint, context),
  }),
  createIndex: ({ table, index }, context) => ({
    creates: indexThings(table, index),
    requires: [relation(table), ...indexUses(table, index, context)],
  }),
  dropIndex: ({ table, index }, context) => ({
    destroys: indexThings(table, index),
    requires: [relation(table)],
    releases: indexUses(table, index, context),
  }),
  renameIndex: ({ table, from, to }) => ({
    destroys: [relation(from)],
    creates: [relation(to)],
    requires: [relation(table)],
  }),
  setTableOptions: ({ table }) => ({ requires: [relation(table)] }),
  setTableComment: ({ table }) => ({ requires: [relation(table)] }),
  createView: ({ view }, context) => ({
    creates: [relation(view.name)],
    requires: mentionedRelations(view.name, view.definition, context),
  }),
  dropView: ({ view }, context) => ({
    destroys: [relation(view.name)],
    releases: mentionedRelations(view.name, view.definition, context),
  }),
  createTrigger: ({ trigger }) => ({ creates: [triggerName(trigger)], requires: [relation(trigger.table)] }),
  dropTrigger: ({ trigger }) => ({ destroys: [triggerName(trigger)], releases: [relation(trigger.table)] }),
  // The comparison makes groups only after it has ordered, and never raw steps.
  alterTable: none,
  execute: none,
  bulkInsert: none,
};

/** What an operation of the comparison does to the things that order depends on. */
export function findEffects(operation: Operation, context: EffectContext): Effects {
  return dispatchOperation<Effects, [EffectContext]>(EFFECTS, operation, context);
}
