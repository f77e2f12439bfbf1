import type { SqlValue } from "../../ops/operation.ts";
import { dispatchColumnType, type ColumnType, type ColumnTypeTable } from "../../schema/model/column-type.ts";
import { encodeValue } from "./codec.ts";

type Encoder = (value: SqlValue) => SqlValue;

/** What a placeholder can bind already is what the column stores. */
const asBound = (): Encoder => (value) => value;

/** A part of a Date as ISO 8601 has it, in UTC like everything that the codec writes. */
const partOfDate = (start: number, end: number) => (): Encoder => (value) => {
  const text = value instanceof Date ? encodeValue(value) : undefined;
  return typeof text === "string" ? text.slice(start, end) : value;
};

/** Every value but NULL as JSON text, also a string: which of them are JSON already cannot be told from those that only look so. */
function encodeJson(value: SqlValue): SqlValue {
  // Whatever JSON would silently turn into null is refused here.
  encodeValue(value);
  if (value === null || value instanceof Uint8Array) return value;
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}

const ENCODERS: ColumnTypeTable<Encoder> = {
  text: asBound,
  varchar: asBound,
  char: asBound,
  smallint: asBound,
  integer: asBound,
  bigint: asBound,
  real: asBound,
  double: asBound,
  decimal: asBound,
  boolean: asBound,
  date: partOfDate(0, "2026-01-02".length),
  time: partOfDate("2026-01-02T".length, "2026-01-02T03:04:05.678".length),
  timestamp: asBound,
  json: () => encodeJson,
  uuid: asBound,
  bytes: asBound,
  raw: asBound,
};

/**
 * The value to bind so that a column of a type reads it back as it was: JSON text for JSON, the day of a Date for DATE, its time for TIME.
 *
 * @throws ConnectionError (unsupportedValue)
 */
export function encodeForType(value: SqlValue, type: ColumnType): SqlValue {
  return dispatchColumnType(ENCODERS, type)(value);
}
