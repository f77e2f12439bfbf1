import { encodeDate, encodeJson, encodeString, refuseValue } from "../../dialect/encode-text.ts";
import type { SqlValue } from "../../ops/operation.ts";
import type { ColumnTypeTable } from "../../schema/model/column-type.ts";
import { dispatchColumnType } from "../../schema/model/column-type.ts";
import { formatDecimal } from "./format-decimal.ts";
import { parseTimestamp } from "./parse-timestamp.ts";
import type { StoredValue } from "./stored-value.ts";
import { parseType } from "./types.ts";

/** Turns what a column stores into the value that its declared type promises. */
export type Decoder = (value: StoredValue) => SqlValue;

const MAX_INTEGER = 2n ** 63n - 1n;
const MIN_INTEGER = -(2n ** 63n);

/**
 * The value as SQLite can bind it: booleans become 0 and 1, Dates ISO 8601 in UTC, plain objects and arrays JSON.
 * A string is bound as it is, also for a JSON column: there it has to be JSON text.
 *
 * @throws ConnectionError (unsupportedValue) for what would be lost or changed on the way: undefined, NaN, Infinity, invalid
 * Dates, bigints beyond 64 bits, functions, symbols, instances of other classes
 */
export function encodeValue(value: SqlValue): StoredValue {
  switch (typeof value) {
    case "string":
      return encodeString(value);
    case "number":
      return encodeNumber(value);
    case "bigint":
      if (value > MAX_INTEGER || value < MIN_INTEGER) throw refuseValue(`the bigint ${value} has more than 64 bits`);
      return value;
    case "boolean":
      return value ? 1n : 0n;
    case "object":
      return value === null ? null : encodeObject(value);
    default:
      throw refuseValue(`it is ${typeof value === "undefined" ? "undefined" : `a ${typeof value}`}`);
  }
}

function encodeNumber(value: number): bigint | number {
  if (!Number.isFinite(value)) throw refuseValue(`it is ${value}`);
  // The driver binds every number as a double, so that 1 would reach a TEXT column as "1.0". An integer is an integer.
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : value;
}

function encodeObject(value: object): string | Uint8Array {
  if (value instanceof Date) return encodeDate(value);
  return value instanceof Uint8Array ? value : encodeJson(value);
}

function toInteger(value: StoredValue): StoredValue {
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function decodeBoolean(value: StoredValue): SqlValue {
  if (value === 0n) return false;
  if (value === 1n) return true;
  return toInteger(value);
}

function decodeTimestamp(value: StoredValue): SqlValue {
  return typeof value === "string" ? (parseTimestamp(value) ?? value) : toInteger(value);
}

function decodeJson(value: StoredValue): SqlValue {
  if (typeof value !== "string") return toInteger(value);
  try {
    // JSON.parse is typed as any; whatever JSON gives is an SqlValue.
    return JSON.parse(value) as SqlValue;
  } catch {
    return value;
  }
}

/** Kinds whose stored form already is the value. */
const asStored = (): Decoder => toInteger;

const DECODERS: ColumnTypeTable<Decoder> = {
  text: asStored,
  varchar: asStored,
  char: asStored,
  smallint: asStored,
  integer: asStored,
  bigint: () => (value) => value,
  real: asStored,
  double: asStored,
  decimal: (type) => (value) => formatDecimal(value, type) ?? toInteger(value),
  boolean: () => decodeBoolean,
  date: asStored,
  time: asStored,
  timestamp: () => decodeTimestamp,
  json: () => decodeJson,
  uuid: asStored,
  bytes: asStored,
  raw: asStored,
};

/**
 * How the values of a column are read, by the type it was declared with: BOOLEAN gives boolean, TIMESTAMP gives Date, BIGINT
 * gives bigint, DECIMAL gives a string with all digits of its scale, JSON what JSON.parse gives; of all other types, and where there is none,
 * integers are numbers as long as they are safe, and bigints beyond. A value that does not fit the declared
 * type, which SQLite allows, comes as it is stored.
 *
 * @param declaredType null for expressions, which have no declared type
 */
export function findDecoder(declaredType: string | null): Decoder {
  return declaredType === null ? toInteger : dispatchColumnType(DECODERS, parseType(declaredType));
}

/** Decodes one value; {@link findDecoder} says how. */
export function decodeValue(value: StoredValue, declaredType: string | null): SqlValue {
  return findDecoder(declaredType)(value);
}
