import type { Operation } from "../../ops/operation.ts";
import type { Column } from "../../schema/model/column.ts";
import type { EnumType } from "../../schema/model/enum-type.ts";
import type { Schema } from "../../schema/model/schema.ts";
import { findLastName } from "../../ops/expression/last-name.ts";
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

/** A literal of an enum as engines write it: `'open'::status`, `'open'::app.status`. */
function createRewriting({ table, from, to }: PartRename): (sql: string) => string {
  const quote = (text: string): string => text.replaceAll("'", "''");
  const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const type = escape(findLastName(table));
  const literal = new RegExp(`'${escape(quote(from))}'(?=::(?:(?:\\w+|"[^"]+")\\.)?"?${type}"?(?!\\w))`, "g");
  return (sql) => sql.replaceAll(literal, () => `'${quote(to)}'`);
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

function renameDefault(column: Column, { table, from, to }: PartRename): Column {
  const isOfEnum = column.type.kind === "raw" && findLastName(column.type.sql) === findLastName(table);
  const isValue = column.default?.kind === "value" && column.default.value === from;
  return isOfEnum && isValue ? { ...column, default: { kind: "value", value: to } } : column;
}

/** The schema once a value has another name: the engine rewrites all that holds on to it. */
function renameInTexts(schema: Schema, rename: PartRename, rules: DiffRules): Schema {
  const rewrite = createRewriting(rename);
  return {
    ...schema,
    tables: schema.tables.map((table) => {
      const rewritten = rewriteTexts(table, rewrite);
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
