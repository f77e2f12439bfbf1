import type { ColumnType } from "../../../schema/model/column-type.ts";
import { renderType } from "../types.ts";

/** Kinds of values that have something in common; what is in none of them stands alone. */
export type Family =
  | "text"
  | "letter"
  | "whole"
  | "decimal"
  | "floating"
  | "money"
  | "boolean"
  | "moment"
  | "time"
  | "interval"
  | "json"
  | "bits"
  | "network"
  | "hardware"
  | "shape"
  | "object"
  | "range"
  | "list"
  | "alone";

/** What the values of a built-in type are, as far as a change of type can lose something of them. */
export interface ValueKind {
  readonly family: Family;
  /** The type in the server's words, without what stands in parentheses. */
  readonly name: string;
  /** What stands in parentheses: a length, or digits in all and after the point, or digits of a second. */
  readonly sizes: readonly number[];
  /** Of an interval: the finest field that it keeps. */
  readonly field?: string;
  /** What a list holds, or what a range is of. */
  readonly element?: ValueKind;
}

const NAMES: Readonly<Partial<Record<Family, readonly string[]>>> = {
  text: ["text", "character varying", "character", "bpchar", "name", "citext"],
  letter: ['"char"'],
  whole: ["smallint", "integer", "bigint"],
  decimal: ["numeric"],
  floating: ["real", "double precision"],
  money: ["money"],
  boolean: ["boolean"],
  moment: ["date", "timestamp without time zone", "timestamp with time zone"],
  time: ["time without time zone", "time with time zone"],
  interval: ["interval"],
  json: ["json", "jsonb"],
  bits: ["bit", "bit varying"],
  network: ["inet", "cidr"],
  hardware: ["macaddr", "macaddr8"],
  shape: ["point", "line", "lseg", "box", "path", "polygon", "circle"],
  object: ["oid", "regclass", "regcollation", "regconfig", "regdictionary", "regnamespace"].concat([
    "regoper",
    "regoperator",
    "regproc",
    "regprocedure",
    "regrole",
    "regtype",
  ]),
  alone: [
    "uuid",
    "bytea",
    "xml",
    "tsvector",
    "tsquery",
    "jsonpath",
    "pg_lsn",
    "pg_snapshot",
    "txid_snapshot",
    "xid",
    "xid8",
    "cid",
    "tid",
  ],
};

const FAMILIES: ReadonlyMap<string, Family> = new Map(
  // The entries of an object lose the names of its keys.
  (Object.entries(NAMES) as [Family, readonly string[]][]).flatMap(([family, names]) =>
    names.map((name) => [name, family] as const),
  ),
);

/** Names that people write, and `format_type` does not. https://www.postgresql.org/docs/current/datatype.html */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["int2", "smallint"],
  ["int", "integer"],
  ["int4", "integer"],
  ["int8", "bigint"],
  ["decimal", "numeric"],
  ["float4", "real"],
  ["float8", "double precision"],
  ["float", "double precision"],
  ["bool", "boolean"],
  ["varchar", "character varying"],
  ["char", "character"],
  ["varbit", "bit varying"],
  ["timestamp", "timestamp without time zone"],
  ["timestamptz", "timestamp with time zone"],
  ["time", "time without time zone"],
  ["timetz", "time with time zone"],
]);

/** What ranges are of. A multirange is a list of ranges, and is written as no other list is. */
const RANGES: ReadonlyMap<string, string> = new Map([
  ["int4range", "integer"],
  ["int8range", "bigint"],
  ["numrange", "numeric"],
  ["tsrange", "timestamp"],
  ["tstzrange", "timestamptz"],
  ["daterange", "date"],
]);

const SIZES = /\s*\(([\d\s,-]+)\)/;
const INTERVAL = /^interval(?: (?:\w+ to )?(\w+))?$/;

function readName(words: string, sizes: readonly number[]): ValueKind | undefined {
  const subtype = RANGES.get(words.replace("multirange", "range"));
  if (subtype !== undefined) {
    const element = readKind(subtype);
    return words.includes("multi")
      ? { family: "alone", name: words, sizes }
      : { family: "range", name: words, sizes, ...(element && { element }) };
  }
  const [interval, field] = INTERVAL.exec(words) ?? [];
  if (interval !== undefined)
    return { family: "interval", name: "interval", sizes, ...(field !== undefined && { field }) };
  const name = ALIASES.get(words) ?? words;
  const family = FAMILIES.get(name);
  return family && { family, name, sizes };
}

function readKind(sql: string): ValueKind | undefined {
  const text = sql.trim().replace(/^pg_catalog\./, "");
  const list = /^(.*?)\s*(?:\[\d*\])+$/s.exec(text)?.[1];
  if (list !== undefined) {
    const element = readKind(list);
    return element && { family: "list", name: "list", sizes: [], element };
  }
  const sizes = SIZES.exec(text)?.[1]?.split(",").map(Number) ?? [];
  const isQuoted = text.startsWith('"');
  return readName(isQuoted ? text : text.replace(SIZES, "").replaceAll(/\s+/g, " ").toLowerCase(), sizes);
}

/**
 * What the values of a type are.
 *
 * @returns undefined for a type that somebody made, an enum for example
 */
export const findValueKind = (type: ColumnType): ValueKind | undefined => readKind(renderType(type));

/** The length of text or bits; without end where nothing limits it. */
export function lengthOf({ name, sizes: [length] }: ValueKind): number {
  return length ?? (name === "character" || name === "bit" ? 1 : Infinity);
}

/** Whether values are numbers between which the server converts by itself. */
export const isNumber = ({ family }: ValueKind): boolean =>
  family === "whole" || family === "decimal" || family === "floating";

const BLANK: readonly string[] = ["text", "character varying", "name", "citext", "json", "xml"];

/** Whether values may be text that ends with blanks which mean something. */
export const endsWithBlanks = ({ name }: ValueKind): boolean => BLANK.includes(name);
