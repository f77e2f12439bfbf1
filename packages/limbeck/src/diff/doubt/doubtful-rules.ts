import type { ColumnType } from "../../schema/model/column-type.ts";
import type { ColumnDefault } from "../../schema/model/column.ts";
import type { JsonValue } from "../../schema/model/json.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { DiffRules } from "../diff-rules.ts";
import { isSameStructure } from "../same-structure.ts";
import { judgeTexts, type Verdict } from "./judge-texts.ts";

/** Two ways of comparing what one engine keeps with what another one, or nobody, has spelled. */
export interface DoubtfulRules {
  /** What cannot be told apart is the same: nothing is ever invented. */
  readonly lenient: DiffRules;
  /** Only what is surely the same is the same: nothing is ever missed. */
  readonly strict: DiffRules;
}

/** How an engine spells types. */
export interface TypeSpelling {
  readonly render: (type: ColumnType) => string;
  readonly parse: (sql: string) => ColumnType;
}

/** Types that every engine has several names for; of others, another name is another type. */
const ALIASES = new Set(
  (
    "int int2 int4 int8 integer smallint bigint tinyint mediumint serial bigserial smallserial float float4 float8 real double dec decimal numeric fixed " +
    "bool boolean bit varbit varchar varchar2 char character bpchar nchar nvarchar national text string time timetz timestamp timestamptz datetime date interval json jsonb bytea blob binary varbinary"
  ).split(" "),
);

/** Names of one type, in the spelling that they are compared in. */
const LONG_NAMES: readonly (readonly [RegExp, string])[] = [
  [/\bcharacter varying\b/g, "varchar"],
  [/\bdouble precision\b/g, "float8"],
  [/\btimestamp(\(\d\))? with time zone\b/g, "timestamptz$1"],
  [/\b(time|timestamp)(\(\d\))? without time zone\b/g, "$1$2"],
  [/\b(?:integer|int)\b/g, "int4"],
  [/\bbigint\b/g, "int8"],
  [/\bsmallint\b/g, "int2"],
  [/\bboolean\b/g, "bool"],
  [/\bdecimal\b/g, "numeric"],
];

/** The name of a type without blanks and quotation marks, in one of its spellings. */
const flattenType = (sql: string): string =>
  LONG_NAMES.reduce((text, [pattern, name]) => text.replaceAll(pattern, name), sql.toLowerCase()).replaceAll(
    /[\s"`]/g,
    "",
  );

const IS_MOMENT = /^\d{4}-\d\d-\d\d/;

const findHead = (sql: string): string => /^["`]?([\p{L}\p{N}_.]+)/u.exec(sql.trim())?.[1]?.toLowerCase() ?? "";

function judgeTypes(a: ColumnType, b: ColumnType, rules: DiffRules): Verdict {
  if (rules.sameType(a, b)) return "same";
  if (a.kind !== "raw" || b.kind !== "raw") {
    const raw = a.kind === "raw" ? a : b;
    return raw.kind !== "raw" || !ALIASES.has(findHead(raw.sql)) ? "different" : "unclear";
  }
  if (flattenType(a.sql) === flattenType(b.sql)) return "same";
  const heads = [findHead(a.sql), findHead(b.sql)];
  return heads[0] !== heads[1] && heads.some((head) => !ALIASES.has(head)) ? "different" : "unclear";
}

function judgeValues(a: JsonValue, b: JsonValue): Verdict {
  if (isSameStructure(a, b)) return "same";
  const isScalar = (value: JsonValue): boolean => value !== null && typeof value !== "object" && value !== "";
  if (isScalar(a) && isScalar(b) && Number(a) === Number(b)) return "same";
  return [a, b].some((value) => typeof value === "string" && IS_MOMENT.test(value)) ? "unclear" : "different";
}

function judgeDefaults(a: ColumnDefault, b: ColumnDefault, names: ReadonlySet<string>): Verdict {
  if (a.kind === "value" && b.kind === "value") return judgeValues(a.value, b.value);
  if (a.kind === "expression" && b.kind === "expression") return judgeTexts(a.sql, b.sql, names);
  if (a.kind === b.kind) return "same";
  return a.kind === "expression" || b.kind === "expression" ? "unclear" : "different";
}

function judgeOptions(a: JsonValue | undefined, b: JsonValue | undefined, names: ReadonlySet<string>): Verdict {
  if (isSameStructure(a, b)) return "same";
  if (a === undefined || b === undefined) return "unclear";
  if (typeof a === "string" && typeof b === "string") {
    return a.toLowerCase() === b.toLowerCase() ? "same" : judgeTexts(a, b, names);
  }
  return typeof a === typeof b && typeof a === "object" ? "unclear" : "different";
}

function listNames(schemas: readonly Schema[]): ReadonlySet<string> {
  const tables = schemas.flatMap((schema) => schema.tables);
  const columns = tables.flatMap((table) => table.columns);
  return new Set(
    [...tables, ...columns, ...schemas.flatMap((schema) => schema.views)].map(({ name }) => name.toLowerCase()),
  );
}

/**
 * Makes rules for two schemas that no engine has spelled alike.
 *
 * @param rules of the engine
 * @param schemas both, whose names say what texts can speak of
 * @param types how the engine spells them
 */
export function createDoubtfulRules(
  rules: DiffRules,
  schemas: readonly Schema[],
  { render, parse }: TypeSpelling,
): DoubtfulRules {
  const names = listNames(schemas);
  const respell = (type: ColumnType): ColumnType => parse(render(type));
  const accept = (accepted: readonly Verdict[]): DiffRules => ({
    ...rules,
    sameExpression: (a, b) => rules.sameExpression(a, b) || accepted.includes(judgeTexts(a, b, names)),
    sameType: (a, b) => accepted.includes(judgeTypes(respell(a), respell(b), rules)),
    sameDefault: (a, b) => accepted.includes(judgeDefaults(a, b, names)),
    sameOption: (a, b) => accepted.includes(judgeOptions(a, b, names)),
  });
  return { lenient: accept(["same", "unclear"]), strict: accept(["same"]) };
}
