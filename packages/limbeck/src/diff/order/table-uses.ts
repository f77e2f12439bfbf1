import type { Column } from "../../schema/model/column.ts";
import type { Constraint, ForeignKey } from "../../schema/model/constraint.ts";
import type { TableIndex } from "../../schema/model/table-index.ts";
import { listParents, type Table } from "../../schema/model/table.ts";
import { findMentioned } from "../find-mentioned.ts";
import type { EffectContext } from "./effect-context.ts";
import { homes, mentionedColumns, mentionedNatures, mentionedObjects } from "./mentioned-things.ts";
import {
  atLast,
  column,
  durable,
  eitherWay,
  fleeting,
  fold,
  formerly,
  key,
  lettering,
  nature,
  nulls,
  relation,
  rowsOf,
  SOFT,
  target,
} from "./things.ts";

/** On some engines the names of constraints must differ within the whole schema. */
export function constraintNames(table: string, { kind, name }: Constraint): readonly string[] {
  const own = kind === "primaryKey" ? [`primary key ${fold(table)}`] : [];
  if (name === undefined) return own;
  return [...own, `constraint ${fold(table)}.${fold(name)}`, `${SOFT}constraint ${fold(name)}`];
}

export const hasIndex = ({ kind }: Constraint): boolean => kind === "primaryKey" || kind === "unique";

export function constraintKeys(table: string, constraint: Constraint): readonly string[] {
  const isKey = constraint.kind === "primaryKey" || constraint.kind === "unique";
  return isKey ? eitherWay(key(table, constraint.columns)) : [];
}

export function indexThings(table: string, index: TableIndex): readonly string[] {
  const columns = index.parts.flatMap((part) => part.column ?? []);
  return [relation(index.name), ...(index.unique ? eitherWay(key(table, columns)) : [])];
}

function referredThings({ references, onUpdate }: ForeignKey, context: EffectContext): readonly string[] {
  const { inlineForeignKeys, sourcesOf } = context;
  const { table, columns } = references;
  const things = [target(table), key(table, columns)].map((thing) => (inlineForeignKeys ? SOFT + thing : thing));
  const natures = inlineForeignKeys
    ? []
    : columns.flatMap((name) => [name, ...sourcesOf(table, name)]).map((name) => nature(table, name));
  const ways = inlineForeignKeys ? [] : columns.flatMap((name) => [formerly(table, name), atLast(table, name)]);
  // Where changes go on to the referring column, both have to agree about NULL on some engines.
  const agreed = inlineForeignKeys || onUpdate !== "cascade" ? [] : columns.map((name) => nulls(table, name));
  const own = columns.map((name) => column(table, name));
  return [...things, ...own, ...natures, ...ways, ...agreed, durable(table), lettering(table)];
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
export function tableThings({ name, constraints, indexes }: Table): readonly string[] {
  return [
    ...eitherWay(relation(name)),
    ...eitherWay(target(name)),
    ...constraints.flatMap((constraint) => [...constraintNames(name, constraint), ...constraintKeys(name, constraint)]),
    ...indexes.flatMap((index) => indexThings(name, index)),
  ];
}

export function tableUses(table: Table, context: EffectContext): readonly string[] {
  const { name, constraints } = table;
  const references = constraints.flatMap((constraint) =>
    constraint.kind === "foreignKey" && constraint.references.table !== name ? referredThings(constraint, context) : [],
  );
  const parents = listParents(table).map(relation);
  return [...references, ...parents, ...homes(name, context), ...tableObjects(table, context)];
}

export function constraintUses(table: string, constraint: Constraint, context: EffectContext): readonly string[] {
  if (constraint.kind === "check") {
    const { expression } = constraint;
    return [...mentionedColumns(table, expression, context), ...mentionedObjects(expression, context)];
  }
  const columns = constraint.columns.map((name) => column(table, name));
  if (constraint.kind !== "foreignKey") return columns;
  const rows = [rowsOf(table), rowsOf(constraint.references.table), fleeting(table), lettering(table)];
  return [...columns, ...rows, ...referredThings(constraint, context)];
}

export function indexUses(table: string, { parts, where }: TableIndex, context: EffectContext): readonly string[] {
  const texts = [where, ...parts.map(({ expression }) => expression)].filter((text) => text !== undefined);
  return [
    ...parts.flatMap((part) => (part.column === undefined ? [] : column(table, part.column))),
    ...texts.flatMap((text) => [...mentionedColumns(table, text, context), ...mentionedObjects(text, context)]),
  ];
}

export function columnUses(table: string, one: Column, context: EffectContext): readonly string[] {
  const { name, generated } = one;
  const objects = mentionedObjects(columnText(one), context);
  if (!generated) return objects;
  const others = mentionedColumns(table, generated.expression, context).filter(
    (thing) => thing !== column(table, name),
  );
  return [...others, ...objects];
}

/** What the columns are that one is computed from: it is made for what they are then. */
export function sourceNatures(table: string, { generated }: Column, context: EffectContext): readonly string[] {
  return generated ? mentionedNatures(table, generated.expression, context).map((thing) => SOFT + thing) : [];
}

/** The names of the columns that one is computed from. */
export function sourceColumns(table: string, { generated }: Column, { columnsOf }: EffectContext): readonly string[] {
  return generated ? findMentioned(generated.expression, columnsOf(table)) : [];
}
