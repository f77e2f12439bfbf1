import type { Operation } from "../../ops/operation.ts";
import type { Column } from "../../schema/model/column.ts";
import type { EnumType } from "../../schema/model/enum-type.ts";
import type { Schema } from "../../schema/model/schema.ts";
import { findParentTable, isPartition, type Table } from "../../schema/model/table.ts";
import { findLastName } from "../../ops/expression/last-name.ts";
import { findMentioned } from "../find-mentioned.ts";
import type { DiffRules } from "../diff-rules.ts";
import { rateNameSimilarity, SIMILAR_NAME } from "./name-similarity.ts";
import type { PartRename } from "./settle-renames.ts";

/** The value before another one, of those that both enums have. */
function findPlace(values: readonly string[], value: string, kept: ReadonlySet<string>): string | undefined {
  return values.slice(0, values.indexOf(value)).findLast((other) => kept.has(other));
}

/**
 * How likely a value that goes is one that comes: it stands in the same place among those that stay, or has a name like it.
 *
 * @returns undefined when neither is so
 */
export function rateValues(from: string, to: string, before: EnumType, after: EnumType): number | undefined {
  const kept = new Set(before.values.filter((value) => after.values.includes(value)));
  const similarity = rateNameSimilarity(from, to);
  const isInPlace = findPlace(before.values, from, kept) === findPlace(after.values, to, kept);
  if (isInPlace) return 0.5 + similarity / 2;
  return similarity >= SIMILAR_NAME ? similarity / 2 : undefined;
}

const quote = (text: string): string => text.replaceAll("'", "''");

const ELEMENT = /"(?:[^"\\]|\\.)*"|[^{},"]+/gs;
const NEEDS_QUOTES = /^$|^null$|[{},"\\\s]/i;

/** A list in which one element has another name: `{open,done}`; any other text as it is. */
function renameElement(text: string, { from, to }: PartRename): string {
  if (!text.startsWith("{")) return text;
  const spell = (value: string): string =>
    NEEDS_QUOTES.test(value) ? `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"` : value;
  return text.replaceAll(ELEMENT, (element) => (element === spell(from) ? spell(to) : element));
}

/** A literal of an enum, or a list of them, as engines write it: `'open'::status`, `'{open,done}'::app.status[]`. */
function createRewriting(rename: PartRename): (sql: string) => string {
  const { table, from, to } = rename;
  const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const type = escape(findLastName(table));
  const literal = new RegExp(`'((?:[^']|'')*)'(?=::(?:(?:\\w+|"[^"]+")\\.)?"?${type}"?(?!\\w)(\\[\\])?)`, "g");
  return (sql) =>
    sql.replaceAll(literal, (whole, text: string, list: string | undefined) => {
      if (list !== undefined) return `'${quote(renameElement(text.replaceAll("''", "'"), rename))}'`;
      return text === quote(from) ? `'${quote(to)}'` : whole;
    });
}

function rewriteAll(data: unknown, rewrite: (sql: string) => string): unknown {
  if (typeof data === "string") return rewrite(data);
  if (Array.isArray(data)) return data.map((one: unknown) => rewriteAll(one, rewrite));
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, one]) => [key, rewriteAll(one, rewrite)]));
}

/** The same data with every text in it rewritten. */
function rewriteTexts<Data>(data: Data, rewrite: (sql: string) => string): Data {
  // Only texts become others, and what they are of stays.
  return rewriteAll(data, rewrite) as Data;
}

const LIST = /(?:\[\d*\])+$/;

const isOf = ({ type }: Column, { table }: PartRename): boolean =>
  type.kind === "raw" && findLastName(type.sql.replace(LIST, "")) === findLastName(table);

function renameDefault(column: Column, rename: PartRename): Column {
  const value = column.default?.kind === "value" ? column.default.value : undefined;
  if (column.type.kind !== "raw" || typeof value !== "string" || !isOf(column, rename)) return column;
  const renamed = LIST.test(column.type.sql) ? renameElement(value, rename) : value === rename.from ? rename.to : value;
  return renamed === value ? column : { ...column, default: { kind: "value", value: renamed } };
}

/** The columns that a table has, and those of the tables that it is a part of. */
function listAllColumns(table: Table, tables: readonly Table[]): readonly Column[] {
  const whole = findParentTable(table, tables);
  return [...table.columns, ...(whole ? listAllColumns(whole, tables) : [])];
}

const mentions = (key: unknown, column: string): boolean =>
  typeof key === "string" && findMentioned(key, [column]).length > 0;

const isBound = (part: unknown): part is { readonly table: string; readonly bound: string } =>
  typeof part === "object" && part !== null && "bound" in part && typeof part.bound === "string";

/** Which rows a part has is said in values of the columns by which they are spread; that of a list of one column, or of several of the same enum, names no type. */
function renameBound(table: Table, tables: readonly Table[], rename: PartRename): Table {
  const whole = findParentTable(table, tables);
  if (!whole || !isPartition(table)) return table;
  const options = Object.entries(table.options ?? {}).map(([dialect, own]) => {
    const key = whole.options?.[dialect]?.["partitionBy"];
    const columns = listAllColumns(whole, tables).filter(({ name }) => mentions(key, name));
    const part = own["partitionOf"];
    if (columns.length === 0 || !columns.every((column) => isOf(column, rename))) return [dialect, own] as const;
    if (!isBound(part)) return [dialect, own] as const;
    const bound = part.bound.replaceAll(`'${quote(rename.from)}'`, () => `'${quote(rename.to)}'`);
    return [dialect, { ...own, partitionOf: { ...part, bound } }] as const;
  });
  return { ...table, options: Object.fromEntries(options) };
}

/** The schema once a value has another name: the engine rewrites all that holds on to it. */
function renameInTexts(schema: Schema, rename: PartRename, rules: DiffRules): Schema {
  const rewrite = createRewriting(rename);
  return {
    ...schema,
    tables: schema.tables.map((table) => {
      const rewritten = rewriteTexts(renameBound(table, schema.tables, rename), rewrite);
      return { ...rewritten, columns: rewritten.columns.map((column) => renameDefault(column, rename)) };
    }),
    views: rewriteTexts(schema.views, rewrite),
    triggers: rewriteTexts(schema.triggers, rewrite),
    // The body of a function is a text, which no engine looks into.
    objects: schema.objects.map((object) =>
      rules.findHoldingText(object) === object.definition ? rewriteTexts(object, rewrite) : object,
    ),
  };
}

/** What gives values of enums other names, and the schema after that. */
export function renameValues(
  renames: readonly PartRename[],
  schema: Schema,
  rules: DiffRules,
): { readonly operations: readonly Operation[]; readonly schema: Schema } {
  let renamed = schema;
  for (const rename of renames) {
    const enums = renamed.enums.map((one) =>
      one.name === rename.table
        ? { ...one, values: one.values.map((value) => (value === rename.from ? rename.to : value)) }
        : one,
    );
    renamed = renameInTexts({ ...renamed, enums }, rename, rules);
  }
  return {
    operations: renames.map(({ table, from, to }): Operation => ({ kind: "renameEnumValue", name: table, from, to })),
    schema: renamed,
  };
}
