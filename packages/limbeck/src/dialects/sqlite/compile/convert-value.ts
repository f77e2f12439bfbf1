import { dispatchColumnType, type ColumnType, type ColumnTypeTable } from "../../../schema/model/column-type.ts";
import { findAffinity, type Affinity } from "../affinity.ts";
import { TIMESTAMP_FORMAT } from "../now.ts";

/**
 * SQLite converts what can be converted without loss when a value is stored, and leaves everything else as it is; CAST makes
 * something of anything ('abc' becomes 0). So a change of type looks at the values first, and refuses those that the new
 * type cannot mean. https://www.sqlite.org/datatype3.html#type_affinity
 */

/** How the values of a column get into a column of another type. */
export interface Conversion {
  /** SQL of the converted value. */
  readonly value: string;
  /** SQL condition that holds for the values, NULL aside, that have no place in the new type. */
  readonly misfit?: string;
}

/** What the values of a column are, as far as conversions care. */
type ValueClass =
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
  | "any";

const CLASS_OF_AFFINITY: { readonly [Kind in Affinity]: ValueClass } = {
  integer: "integer",
  real: "real",
  text: "text",
  blob: "any",
  // DATETIME, NUMERIC(10,2) and so on: SQLite means nothing by them but "a number where it can be one".
  numeric: "any",
};

const CLASSES: ColumnTypeTable<ValueClass> = {
  text: () => "text",
  varchar: () => "text",
  char: () => "text",
  smallint: () => "integer",
  integer: () => "integer",
  bigint: () => "integer",
  real: () => "real",
  double: () => "real",
  decimal: ({ precision }) => (precision <= 15 ? "decimal" : "exactDecimal"),
  boolean: () => "boolean",
  date: () => "date",
  time: () => "time",
  // With a time zone or without, both are written alike; to rewrite them would cut fractions of milliseconds.
  timestamp: () => "timestamp",
  json: () => "json",
  uuid: () => "uuid",
  bytes: () => "bytes",
  raw: ({ sql }) => CLASS_OF_AFFINITY[findAffinity(sql)],
};

// The comparison applies numeric affinity to the right side: it holds for numbers and for text that is one, to its end.
// https://www.sqlite.org/datatype3.html#type_conversions_prior_to_comparison
const isNumber = (value: string): string => `CAST(${value} AS NUMERIC) = ${value}`;

const isNoNumber = (value: string): string => `NOT (${isNumber(value)})`;

/** A double holds 15 digits exactly; this counts the digits of a number written as text. */
const hasTooManyDigits = (value: string): string =>
  `typeof(${value}) = 'text' AND length(ltrim(replace(replace(replace(${value}, '-', ''), '+', ''), '.', ''), '0')) > 15`;

const isNoText = (value: string): string => `typeof(${value}) <> 'text'`;

function convertToTime(functionName: string, from: ValueClass, value: string): Conversion {
  // The engine reads '10:00' as ten o'clock on 2000-01-01, and a date as its midnight: neither is in the data.
  const mixes = (from === "time") !== (functionName === "time");
  if (mixes && ["date", "time"].includes(from)) return { value, misfit: `${value} IS NOT NULL` };
  return { value, misfit: `${isNoText(value)} OR ${functionName}(${value}) IS NULL` };
}

function convertToTimestamp(from: ValueClass, value: string): Conversion {
  const conversion = convertToTime("datetime", from, value);
  return from === "date" ? { ...conversion, value: `strftime('${TIMESTAMP_FORMAT}', ${value})` } : conversion;
}

const CONVERSIONS: { readonly [To in ValueClass]: (from: ValueClass, value: string) => Conversion } = {
  integer: (_from, value) => ({
    value: `CAST(${value} AS INTEGER)`,
    misfit: `NOT (${isNumber(value)} AND CAST(${value} AS INTEGER) = CAST(${value} AS NUMERIC))`,
  }),
  real: (_from, value) => ({
    value: `CAST(${value} AS REAL)`,
    misfit: `NOT (${isNumber(value)} AND CAST(${value} AS REAL) = CAST(${value} AS NUMERIC))`,
  }),
  decimal: (_from, value) => ({
    value: `CAST(${value} AS NUMERIC)`,
    misfit: `${isNoNumber(value)} OR ${hasTooManyDigits(value)}`,
  }),
  exactDecimal: (_from, value) => ({
    value: `CAST(${value} AS TEXT)`,
    misfit: `${isNoNumber(value)} OR CAST(CAST(${value} AS TEXT) AS NUMERIC) <> CAST(${value} AS NUMERIC)`,
  }),
  boolean: (_from, value) => ({
    value: `CAST(${value} AS INTEGER)`,
    misfit: `NOT (${isNumber(value)} AND CAST(${value} AS NUMERIC) IN (0, 1))`,
  }),
  text: (_from, value) => ({
    value: `CAST(${value} AS TEXT)`,
    misfit: `typeof(${value}) = 'real' AND CAST(CAST(${value} AS TEXT) AS REAL) <> ${value}`,
  }),
  bytes: (_from, value) => ({ value: `CAST(${value} AS BLOB)` }),
  date: (from, value) =>
    from === "timestamp"
      ? { value: `date(${value})`, misfit: `date(${value}) IS NULL` }
      : convertToTime("date", from, value),
  time: (from, value) =>
    from === "timestamp"
      ? { value: `strftime('%H:%M:%f', ${value})`, misfit: `time(${value}) IS NULL` }
      : convertToTime("time", from, value),
  timestamp: convertToTimestamp,
  json: (_from, value) => ({ value, misfit: `NOT json_valid(${value})` }),
  // 32 digits without dashes would be stored as one huge number.
  uuid: (_from, value) => ({ value, misfit: `${isNoText(value)} OR length(${value}) <> 36` }),
  any: (_from, value) => ({ value }),
};

/**
 * How a column's values are copied when its type changes.
 *
 * @param column SQL of the column
 * @returns the column itself, without conditions, when both types mean the same to SQLite
 */
export function convertValue(from: ColumnType, to: ColumnType, column: string): Conversion {
  const source = dispatchColumnType(CLASSES, from);
  const target = dispatchColumnType(CLASSES, to);
  if (source === target) return { value: column };
  return CONVERSIONS[target](source, source === "bytes" ? `CAST(${column} AS TEXT)` : column);
}
