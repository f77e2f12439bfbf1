import { encodeDate, encodeJson, encodeString, refuseValue } from "../../dialect/encode-text.ts";
import type { SqlValue } from "../../ops/operation.ts";
import { parseArray, type ArrayElement } from "./parse/parse-array.ts";
import { PreciseDate } from "./precise-date.ts";

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

function encodeMoment(value: Date): string {
  const text = encodeDate(value);
  if (!(value instanceof PreciseDate)) return text;
  return text.replace("Z", `${String(value.microseconds).padStart(3, "0")}Z`);
}

function encodeObject(value: object): string {
  if (value instanceof Date) return encodeMoment(value);
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

/** @param type the OID */
export function isJsonType(type: number | undefined): boolean {
  return type === OIDS.json || type === OIDS.jsonb;
}

function decodeBytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.slice(2), "hex"));
}

const TIMESTAMP = /^(\d{4,})-(\d\d)-(\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:\+00)?( BC)?$/;

/** A moment as a Date, a precise one where it has to be: UTC, as every session here is. What no Date can say, infinity for example, stays text. */
function decodeTimestamp(text: string): SqlValue {
  const match = TIMESTAMP.exec(text);
  if (match === null) return text;
  const [, year = "", month, day, time, fraction = "", isBefore] = match;
  const astronomical = isBefore === undefined ? Number(year) : 1 - Number(year);
  const sign = astronomical < 0 ? "-" : "+";
  const date = new Date(
    `${sign}${String(Math.abs(astronomical)).padStart(6, "0")}-${month}-${day}T${time}.${fraction.padEnd(3, "0").slice(0, 3)}Z`,
  );
  if (Number.isNaN(date.getTime())) return text;
  const microseconds = Number(fraction.padEnd(6, "0").slice(3));
  return microseconds === 0 ? date : new PreciseDate(date.getTime(), microseconds);
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

/** The types of arrays, by the types of their elements; those of types that somebody created have other numbers on every server, and stay text. */
const ARRAYS: ReadonlyMap<number, number> = new Map([
  [1000, OIDS.boolean],
  [1001, OIDS.bytea],
  [1005, OIDS.smallint],
  [1007, OIDS.integer],
  [1016, OIDS.bigint],
  [1028, OIDS.oid],
  [199, OIDS.json],
  [1021, OIDS.real],
  [1022, OIDS.double],
  [1115, OIDS.timestamp],
  [1185, OIDS.timestamptz],
  [3807, OIDS.jsonb],
  // text, varchar, char, name, numeric, date, time, timetz, interval, uuid
  ...[1009, 1015, 1014, 1003, 1231, 1182, 1183, 1270, 1187, 2951].map((array) => [array, 0] as const),
]);

function decodeArray(text: string, decode: Decoder): SqlValue {
  const decodeElement = (element: ArrayElement): SqlValue => {
    if (element === null) return null;
    return typeof element === "string" ? decode(element) : element.map(decodeElement);
  };
  return parseArray(text)?.map(decodeElement) ?? text;
}

/**
 * How the values of a type are read: boolean, numbers up to 32 bits and of floating point, bigint, Date, Uint8Array, JSON, lists of any of these;
 * everything else, decimals, dates and times among it, is the server's text.
 *
 * @param type the OID
 */
export function findDecoder(type: number): Decoder {
  const element = ARRAYS.get(type);
  if (element === undefined) return DECODERS.get(type) ?? asText;
  const decode = DECODERS.get(element) ?? asText;
  return (text) => decodeArray(text, decode);
}
