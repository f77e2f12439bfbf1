import type { SqlValue } from "../../ops/operation.ts";
import type { DriverField } from "./driver/driver.ts";

/** Numbers of the types in the protocol. https://mariadb.com/kb/en/result-set-packets/#field-types */
const TYPES = {
  decimal: 0,
  tiny: 1,
  short: 2,
  long: 3,
  float: 4,
  double: 5,
  timestamp: 7,
  longlong: 8,
  int24: 9,
  date: 10,
  time: 11,
  datetime: 12,
  year: 13,
  bit: 16,
  json: 245,
  newdecimal: 246,
} as const;

const NUMBERS: readonly number[] = [
  TYPES.tiny,
  TYPES.short,
  TYPES.long,
  TYPES.int24,
  TYPES.float,
  TYPES.double,
  TYPES.year,
];

/** Types whose values are text in a binary character set all the same. */
const TEXT: readonly number[] = [TYPES.decimal, TYPES.newdecimal, TYPES.date, TYPES.time];

const MOMENT = /^(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?$/;

/** A moment as a Date: UTC, as every session here is. What no Date can say, `0000-00-00` for example, stays text. */
function decodeMoment(text: string): SqlValue {
  const match = MOMENT.exec(text);
  if (match === null) return text;
  const [, year, month, day, time, fraction = ""] = match;
  const date = new Date(`${year}-${month}-${day}T${time}.${fraction.padEnd(3, "0").slice(0, 3)}Z`);
  return Number.isNaN(date.getTime()) || month === "00" || day === "00" ? text : date;
}

/** `tinyint(1)` is what booleans are stored in; nothing keeps other numbers out of it, so that those stay numbers. */
function decodeTiny(text: string, { length }: DriverField): SqlValue {
  return length === 1 && (text === "0" || text === "1") ? text === "1" : Number(text);
}

/** Fractions of a second that nobody gave leave no trace. */
const decodeTime = (text: string): string => text.replace(/\.0+$/, "");

function decodeText(text: string, field: DriverField): SqlValue {
  if (field.type === TYPES.tiny) return decodeTiny(text, field);
  if (NUMBERS.includes(field.type)) return Number(text);
  if (field.type === TYPES.longlong) return BigInt(text);
  if (field.type === TYPES.timestamp || field.type === TYPES.datetime) return decodeMoment(text);
  if (field.type === TYPES.time) return decodeTime(text);
  // JSON.parse is typed as any; whatever JSON gives is an SqlValue.
  return field.isJson ? (JSON.parse(text) as SqlValue) : text;
}

/**
 * The value behind what the server sends for a column: boolean, numbers up to 32 bits and of floating point, bigint, Date, Uint8Array, JSON; everything else,
 * decimals, dates and times among it, is the server's text.
 */
export function decodeValue(bytes: Uint8Array, field: DriverField): SqlValue {
  const isText = TEXT.includes(field.type) || NUMBERS.includes(field.type) || field.isJson;
  const isNumber = field.type === TYPES.longlong || field.type === TYPES.timestamp || field.type === TYPES.datetime;
  if (field.isBinary && !isText && !isNumber) return new Uint8Array(bytes);
  return decodeText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"), field);
}
