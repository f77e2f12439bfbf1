import { dispatchColumnType } from "../../schema/model/column-type.ts";
import type { ColumnType, ColumnTypeTable } from "../../schema/model/column-type.ts";

/**
 * SQLite stores what fits in 64-bit integers and IEEE doubles; a double is exact to this many decimal digits.
 * https://www.sqlite.org/floatingpoint.html
 */
const EXACT_DECIMAL_DIGITS = 15;

/**
 * SQLite takes any words as a type and derives the column's affinity from them, so each portable type gets words of
 * its own that can be read back, chosen for their affinity. https://www.sqlite.org/datatype3.html#determination_of_column_affinity
 */
const RENDERED: ColumnTypeTable<string> = {
  text: () => "TEXT",
  varchar: ({ length }) => `VARCHAR(${length})`,
  char: ({ length }) => `CHAR(${length})`,
  smallint: () => "SMALLINT",
  integer: () => "INTEGER",
  bigint: () => "BIGINT",
  real: () => "REAL",
  double: () => "DOUBLE",
  // Up to 15 digits NUMERIC affinity is exact, and sorts and sums as numbers. Beyond that only text keeps every
  // digit; "TEXT" inside the name is what gives the column text affinity.
  decimal: ({ precision, scale }) =>
    precision <= EXACT_DECIMAL_DIGITS ? `DECIMAL(${precision},${scale})` : `DECIMAL_TEXT(${precision},${scale})`,
  boolean: () => "BOOLEAN",
  date: () => "DATE",
  time: () => "TIME",
  timestamp: ({ timezone }) => (timezone ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP"),
  json: () => "JSON",
  uuid: () => "UUID",
  bytes: () => "BLOB",
  raw: ({ sql }) => sql,
};

/** STRICT tables know six types only. https://www.sqlite.org/stricttables.html */
const RENDERED_STRICT: ColumnTypeTable<string> = {
  text: () => "TEXT",
  varchar: () => "TEXT",
  char: () => "TEXT",
  smallint: () => "INTEGER",
  integer: () => "INTEGER",
  bigint: () => "INTEGER",
  real: () => "REAL",
  double: () => "REAL",
  decimal: () => "TEXT",
  boolean: () => "INTEGER",
  date: () => "TEXT",
  time: () => "TEXT",
  timestamp: () => "TEXT",
  json: () => "TEXT",
  uuid: () => "TEXT",
  bytes: () => "BLOB",
  raw: ({ sql }) => sql,
};

const PLAIN: ReadonlyMap<string, ColumnType> = new Map<string, ColumnType>([
  ["TEXT", { kind: "text" }],
  ["SMALLINT", { kind: "smallint" }],
  ["INTEGER", { kind: "integer" }],
  ["BIGINT", { kind: "bigint" }],
  ["REAL", { kind: "real" }],
  ["DOUBLE", { kind: "double" }],
  ["BOOLEAN", { kind: "boolean" }],
  ["DATE", { kind: "date" }],
  ["TIME", { kind: "time" }],
  ["TIMESTAMP WITH TIME ZONE", { kind: "timestamp", timezone: true }],
  ["TIMESTAMP", { kind: "timestamp", timezone: false }],
  ["JSON", { kind: "json" }],
  ["UUID", { kind: "uuid" }],
  ["BLOB", { kind: "bytes" }],
]);

const CHARACTERS = /^(VARCHAR|CHAR) ?\( ?([1-9]\d{0,8}) ?\)$/;
const DECIMAL = /^(DECIMAL|DECIMAL_TEXT) ?\( ?([1-9]\d{0,2}) ?, ?(0|[1-9]\d{0,2}) ?\)$/;

/**
 * The type in SQLite's words, for an ordinary table.
 *
 * @example
 * renderType({ kind: "timestamp", timezone: true }); // TIMESTAMP WITH TIME ZONE
 */
export function renderType(type: ColumnType): string {
  return dispatchColumnType(RENDERED, type);
}

/** The type in SQLite's words, for a STRICT table, where all but six types are refused by the engine. */
export function renderStrictType(type: ColumnType): string {
  return dispatchColumnType(RENDERED_STRICT, type);
}

/**
 * The portable kind behind SQLite's words. Only what {@link renderType} writes is taken for portable, whatever its
 * case and spacing; everything else, `INT` or `DATETIME` for example, stays `raw` in its original spelling.
 */
export function parseType(sql: string): ColumnType {
  const words = sql.trim().replaceAll(/\s+/g, " ").toUpperCase();
  return PLAIN.get(words) ?? parseCharacters(words) ?? parseDecimal(words) ?? { kind: "raw", sql };
}

function parseCharacters(words: string): ColumnType | undefined {
  const match = CHARACTERS.exec(words);
  if (match === null) return undefined;
  return { kind: match[1] === "CHAR" ? "char" : "varchar", length: Number(match[2]) };
}

function parseDecimal(words: string): ColumnType | undefined {
  const match = DECIMAL.exec(words);
  if (match === null) return undefined;
  const type = { kind: "decimal", precision: Number(match[2]), scale: Number(match[3]) } as const;
  const name = type.precision <= EXACT_DECIMAL_DIGITS ? "DECIMAL" : "DECIMAL_TEXT";
  // DECIMAL(20,2) has numeric affinity and DECIMAL_TEXT(20,2) text affinity: only the one we write may stand for the kind.
  return match[1] === name && type.scale <= type.precision ? type : undefined;
}
