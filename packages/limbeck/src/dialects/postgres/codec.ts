import { encodeDate, encodeJson, encodeString, refuseValue } from "../../dialect/encode-text.ts";
import type { SqlValue } from "../../ops/operation.ts";

/** Turns what the server sends, always as text, into the value that the type of the column promises. */
export type Decoder = (text: string) => SqlValue;

/** The types with decoders of their own, by their OID, which never changes. https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat */
const OIDS = {
  boolean: 16,
  bytea: 17,
  bigint: 20,
  smallint: 21,
  integer: 23,
  oid: 26,
  json: 114,
  real: 700,
  double: 701,
  timestamp: 1114,
  timestamptz: 1184,
  jsonb: 3802,
} as const;

/** An element of an array in the text form of arrays. https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO */
function encodeElement(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (Array.isArray(value)) return encodeArray(value);
  // Whatever is no value is refused there.
  const text = encodeValue(value as SqlValue) ?? "NULL";
  return `"${text.replaceAll("\\", String.raw`\\`).replaceAll('"', String.raw`\"`)}"`;
}

function encodeArray(values: readonly unknown[]): string {
  return `{${values.map(encodeElement).join(",")}}`;
}

function encodeBytes(bytes: Uint8Array): string {
  return String.raw`\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`;
}

function encodeObject(value: object): string {
  if (value instanceof Date) return encodeDate(value);
  if (value instanceof Uint8Array) return encodeBytes(value);
  return Array.isArray(value) ? encodeArray(value) : encodeJson(value);
}

/**
 * The value as text that the server reads in the type that its place asks for: Dates are ISO 8601 in UTC, arrays are arrays, plain objects are JSON. A
 * string is sent as it is.
 *
 * @returns null for NULL
 * @throws ConnectionError (unsupportedValue) for what would be lost or changed on the way
 */
export function encodeValue(value: SqlValue): string | null {
  switch (typeof value) {
    case "string":
      if (value.includes("\0"))
        throw refuseValue("the string holds a zero character, which the engine has no place for");
      return encodeString(value);
    case "number":
      if (!Number.isFinite(value)) throw refuseValue(`it is ${value}`);
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
    case "boolean":
      return String(value);
    case "object":
      return value === null ? null : encodeObject(value);
    default:
      throw refuseValue(`it is ${typeof value === "undefined" ? "undefined" : `a ${typeof value}`}`);
  }
}

function decodeBytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.slice(2), "hex"));
}

const TIMESTAMP = /^(\d{4,})-(\d\d)-(\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:\+00)?( BC)?$/;

/** A moment as a Date: UTC, as every session here is. What no Date can say, infinity for example, stays text. */
function decodeTimestamp(text: string): SqlValue {
  const match = TIMESTAMP.exec(text);
  if (match === null) return text;
  const [, year = "", month, day, time, fraction = "", isBefore] = match;
  const astronomical = isBefore === undefined ? Number(year) : 1 - Number(year);
  const sign = astronomical < 0 ? "-" : "+";
  const date = new Date(
    `${sign}${String(Math.abs(astronomical)).padStart(6, "0")}-${month}-${day}T${time}.${fraction.padEnd(3, "0").slice(0, 3)}Z`,
  );
  return Number.isNaN(date.getTime()) ? text : date;
}

function decodeBigint(text: string): bigint {
  return BigInt(text);
}

const DECODERS: ReadonlyMap<number, Decoder> = new Map<number, Decoder>([
  [OIDS.boolean, (text) => text === "t"],
  [OIDS.bytea, decodeBytes],
  [OIDS.bigint, decodeBigint],
  [OIDS.smallint, Number],
  [OIDS.integer, Number],
  [OIDS.oid, Number],
  // JSON.parse is typed as any; whatever JSON gives is an SqlValue.
  [OIDS.json, (text) => JSON.parse(text) as SqlValue],
  // As above.
  [OIDS.jsonb, (text) => JSON.parse(text) as SqlValue],
  [OIDS.real, Number],
  [OIDS.double, Number],
  [OIDS.timestamp, decodeTimestamp],
  [OIDS.timestamptz, decodeTimestamp],
]);

const asText: Decoder = (text) => text;

/**
 * How the values of a type are read: boolean, numbers up to 32 bits and of floating point, bigint, Date, Uint8Array, JSON; everything else, decimals,
 * dates and times among it, is the server's text.
 *
 * @param type the OID
 */
export function findDecoder(type: number): Decoder {
  return DECODERS.get(type) ?? asText;
}
