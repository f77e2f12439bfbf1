import type { SqlValue } from "../../ops/operation.ts";
import { dispatchColumnType, type ColumnType, type ColumnTypeTable } from "../../schema/model/column-type.ts";

/** 2024-01-01, from which dates are counted: a leap year comes right away. */
const START = Date.UTC(2024, 0, 1);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Beyond what a double can hold exactly, so that a rounded copy shows. */
const BIG = 2n ** 53n;

const formatDay = (serial: number): string => new Date(START + serial * DAY).toISOString().slice(0, 10);

const formatTime = (serial: number): string => new Date(START + serial * 61_000).toISOString().slice(11, 19);

/** Text with what is easily broken on the way: an apostrophe, letters beyond ASCII, a line break. */
const writeText = (serial: number): string => `it's nr. ${serial} – ß\n`;

/** Texts that a conversion may take for numbers, and then for other texts than they were. */
const NUMERIC_TEXTS: readonly ((serial: number) => string)[] = [
  (serial) => `00${serial}`,
  (serial) => `+${serial}`,
  (serial) => `${serial}.10`,
  (serial) => `${BIG}${serial}`,
];

/** Every third text looks like a number. */
function chooseText(serial: number): string {
  const write = serial % 3 === 0 ? NUMERIC_TEXTS[(serial / 3) % NUMERIC_TEXTS.length] : undefined;
  return (write ?? writeText)(serial);
}

function fitText(serial: number, length: number): string {
  const text = chooseText(serial);
  // Where the whole does not fit, the number is what keeps values apart.
  return Array.from(text).length <= length ? text : serial.toString(36).slice(-length);
}

function writeDecimal(serial: number, { precision, scale }: { readonly precision: number; readonly scale: number }) {
  const digits = String(serial).slice(-precision).padStart(precision, "0");
  const whole = digits.slice(0, precision - scale).replace(/^0+(?=\d)/, "") || "0";
  return scale === 0 ? whole : `${whole}.${digits.slice(precision - scale)}`;
}

const VALUES: ColumnTypeTable<(serial: number) => SqlValue> = {
  text: () => chooseText,
  varchar:
    ({ length }) =>
    (serial) =>
      fitText(serial, length),
  char:
    ({ length }) =>
    (serial) =>
      serial.toString(36).padStart(length, "0").slice(-length),
  smallint: () => (serial) => serial % 32_768,
  integer: () => (serial) => serial,
  bigint: () => (serial) => BIG + BigInt(serial),
  real: () => (serial) => serial + 0.25,
  double: () => (serial) => serial + 0.1,
  decimal: (type) => (serial) => writeDecimal(serial, type),
  boolean: () => (serial) => serial % 2 === 1,
  date: () => formatDay,
  time: () => formatTime,
  timestamp: () => (serial) => new Date(START + serial * HOUR + 123),
  json: () => (serial) => ({ serial, text: writeText(serial), list: [null, true] }),
  uuid: () => (serial) => `00000000-0000-4000-8000-${serial.toString(16).padStart(12, "0")}`,
  bytes: () => (serial) => new Uint8Array([0, 255, serial % 256, Math.floor(serial / 256) % 256]),
  raw:
    ({ sql }) =>
    (serial) =>
      makeValue(guessType(sql), serial),
};

/** What the words of engines have in common; first come, first served. */
const GUESSES: readonly (readonly [RegExp, ColumnType])[] = [
  [/bool/i, { kind: "boolean" }],
  [/int|serial|rowid/i, { kind: "integer" }],
  [/char|text|clob|string|enum/i, { kind: "text" }],
  [/blob|byte|binary/i, { kind: "bytes" }],
  [/json/i, { kind: "json" }],
  [/uuid/i, { kind: "uuid" }],
  [/timestamp|datetime/i, { kind: "timestamp", timezone: true }],
  [/date/i, { kind: "date" }],
  [/time/i, { kind: "time" }],
  [/real|floa|doub|num|dec|money/i, { kind: "double" }],
];

function guessType(sql: string): ColumnType {
  return GUESSES.find(([words]) => words.test(sql))?.[1] ?? { kind: "text" };
}

/**
 * A value that fits a type.
 *
 * @param serial another number gives another value, as far as the type has enough of them
 */
export function makeValue(type: ColumnType, serial: number): SqlValue {
  return dispatchColumnType(VALUES, type)(serial);
}

/** Types whose values are texts to engines that take anything. */
const TEXTS: readonly ColumnType["kind"][] = ["text", "varchar", "char", "date", "time", "timestamp", "json", "uuid"];

/**
 * A value of another kind than a type promises, for engines that let it in all the same; where they do not, they say so.
 *
 * @param serial another number gives another value
 */
export function makeOddValue(type: ColumnType, serial: number): SqlValue {
  const { kind } = type.kind === "raw" ? guessType(type.sql) : type;
  return TEXTS.includes(kind) ? new Uint8Array([111, 100, 100, serial % 256]) : `odd ${serial}`;
}
