import { dispatchColumnType, type ColumnType, type ColumnTypeTable } from "../../schema/model/column-type.ts";
import { findAffinity, type Affinity } from "./affinity.ts";
import { renderStrictType, renderType } from "./types.ts";

/** What the values of a column are, as far as conversions care. */
export type ValueClass =
  | "integer"
  | "real"
  | "decimal"
  | "exactDecimal"
  | "boolean"
  | "text"
  | "bytes"
  | "date"
  | "time"
  | "timestamp"
  | "json"
  | "uuid"
  /** `DATETIME`, `NUMERIC(10,2)` and so on: SQLite means nothing by them but "a number where it can be one". */
  | "numeric"
  /** No type at all: every value is as it was given. */
  | "any";

const CLASS_OF_AFFINITY: { readonly [Kind in Affinity]: ValueClass } = {
  integer: "integer",
  real: "real",
  text: "text",
  blob: "any",
  numeric: "numeric",
};

const classifyRaw = (sql: string): ValueClass =>
  // LONGBLOB and its like say what they hold; no type says nothing.
  findAffinity(sql) === "blob" && sql.trim() !== "" ? "bytes" : CLASS_OF_AFFINITY[findAffinity(sql)];

const CLASSES: ColumnTypeTable<ValueClass> = {
  text: () => "text",
  varchar: () => "text",
  char: () => "text",
  smallint: () => "integer",
  integer: () => "integer",
  bigint: () => "integer",
  real: () => "real",
  double: () => "real",
  decimal: (type) => (findAffinity(renderType(type)) === "text" ? "exactDecimal" : "decimal"),
  boolean: () => "boolean",
  date: () => "date",
  time: () => "time",
  // With a time zone or without, both are written alike; to rewrite them would cut fractions of milliseconds.
  timestamp: () => "timestamp",
  json: () => "json",
  uuid: () => "uuid",
  bytes: () => "bytes",
  raw: ({ sql }) => classifyRaw(sql),
};

/** ANY keeps every value as it is in a STRICT table, and is a number where it can be one elsewhere. https://www.sqlite.org/stricttables.html */
const isStrictAny = (type: ColumnType): boolean => type.kind === "raw" && /^\W?ANY\W?$/i.test(type.sql.trim());

/**
 * What the values of a column of that type are.
 *
 * @param isStrict whether the table is STRICT
 */
export function classifyType(type: ColumnType, isStrict: boolean): ValueClass {
  if (!isStrict) return dispatchColumnType(CLASSES, type);
  if (isStrictAny(type)) return "any";
  return type.kind === "decimal" ? "exactDecimal" : dispatchColumnType(CLASSES, type);
}

/**
 * What a column of that type does to the values put into it.
 *
 * @param isStrict whether the table is STRICT
 */
export function findStoredAffinity(type: ColumnType, isStrict: boolean): Affinity {
  if (!isStrict) return findAffinity(renderType(type));
  return isStrictAny(type) ? "blob" : findAffinity(renderStrictType(type));
}
