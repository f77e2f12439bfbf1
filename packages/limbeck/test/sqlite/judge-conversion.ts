import { readBlobText, type Cell } from "./stored-cell.ts";

/** What a type of a column promises, in this judge's own words. */
export type Meaning =
  | "integer"
  | "real"
  | "decimal"
  | "exact decimal"
  | "boolean"
  | "text"
  | "bytes"
  | "date"
  | "time"
  | "timestamp"
  | "json"
  | "uuid"
  | "numeric"
  | "untyped";

/** A conversion that was carried out, and what was said about it. */
export interface Converted {
  readonly from: Meaning;
  readonly to: Meaning;
  readonly before: Cell;
  readonly after: Cell;
  /** How the database itself writes `after` as text. */
  readonly written: string;
  /** Whether a warning of lost data goes with the change of type. */
  readonly isWarned: boolean;
}

const DAY = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const CLOCK = String.raw`(?:[01]\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?`;
const ZONE = String.raw`\s*(?:[Zz]|[+-]\d\d:\d\d)?\s*`;

const isText = (cell: Cell, pattern: RegExp): boolean => cell.class === "text" && pattern.test(cell.string ?? "\uFFFF");

function isJson(cell: Cell): boolean {
  if (cell.class === "integer" || cell.class === "real") return true;
  if (cell.class !== "text") return false;
  try {
    JSON.parse(cell.string ?? "");
    return true;
  } catch {
    return false;
  }
}

const isRealDay = (text: string): boolean => {
  const date = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text.slice(0, 10));
};

const isDayText = (cell: Cell): boolean => cell.class === "text" && isRealDay(cell.string ?? "");

/** Whether a value is one of the type; only asked where the type has become another. */
const FITS: { readonly [Kind in Meaning]: (cell: Cell) => boolean } = {
  integer: (cell) => cell.class === "integer",
  real: (cell) => cell.class === "real",
  decimal: (cell) => cell.class === "integer" || cell.class === "real",
  "exact decimal": (cell) => isText(cell, /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i),
  boolean: (cell) => cell.class === "integer" && (cell.number === 0n || cell.number === 1n),
  text: (cell) => cell.class === "text",
  bytes: (cell) => cell.class === "blob",
  date: (cell) => isText(cell, new RegExp(`^${DAY}$`)) && isDayText(cell),
  time: (cell) => isText(cell, new RegExp(`^${CLOCK}$`)),
  timestamp: (cell) => isText(cell, new RegExp(`^${DAY}(?:(?:T|\\s+)${CLOCK}${ZONE})?\\s*$`, "i")) && isDayText(cell),
  json: isJson,
  uuid: (cell) => isText(cell, /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i),
  // SQLite keeps what is no number.
  numeric: () => true,
  untyped: () => true,
};

function isSame(before: Cell, after: Cell): boolean {
  if (before.class === "null" || after.class === "null") return before.class === after.class;
  if ("number" in before && "number" in after) return before.class === after.class && before.number === after.number;
  return "hex" in before && "hex" in after && before.class === after.class && before.hex === after.hex;
}

/** A number as digits and an exponent of ten, without zeros that mean nothing; undefined for what is no number. */
function readDecimal(text: string): string | undefined {
  const match = /^\s*([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?\s*$/i.exec(text);
  if (match === null || `${match[2]}${match[3]}` === "") return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const kept = digits.replace(/0+$/, "");
  if (kept === "") return "0";
  return `${sign === "-" ? "-" : ""}${kept}e${Number(exponent) - fraction.length + digits.length - kept.length}`;
}

/**
 * Whether a text says the number of a cell, to its last digit as far as a double has digits: 15 come back from it as they were; more of them say
 * which double it is.
 *
 * @param written how the database itself writes the number
 */
function saysNumber(text: string, cell: Cell, written: string): boolean {
  const said = readDecimal(text);
  if (said === undefined || !("number" in cell)) return false;
  if (typeof cell.number === "bigint") return said === readDecimal(String(cell.number));
  if (Number.isInteger(cell.number) && said === readDecimal(String(BigInt(cell.number)))) return true;
  const isWritten = text === written || said === readDecimal(String(cell.number));
  return said === readDecimal(cell.number.toPrecision(15)) || (isWritten && Number(text) === cell.number);
}

/** A whole number as a bigint, which holds all its digits. */
const readWhole = (number: bigint | number): bigint | number =>
  typeof number === "number" && Number.isInteger(number) ? BigInt(number) : number;

function isSameNumber(before: Cell, after: Cell): boolean {
  if (!("number" in before) || !("number" in after)) return false;
  return readWhole(before.number) === readWhole(after.number);
}

const NUMBERS: readonly Meaning[] = ["integer", "real", "decimal"];

function readMoment(text: string): Date {
  const clock = text.slice(11).trim();
  const zone = /[Z+-]/i.test(clock) ? "" : "Z";
  return new Date(`${text.slice(0, 10)}T${clock === "" ? "00:00" : clock.replace(/\s+/, "")}${zone}`);
}

function judgeText(text: string, { from, to, after, written, isWarned }: Converted): boolean {
  if (from === "timestamp" && (to === "date" || to === "time")) {
    const moment = readMoment(text).toISOString();
    return (
      isWarned && isText(after, new RegExp(to === "date" ? `^${moment.slice(0, 10)}$` : `^${moment.slice(11, 23)}$`))
    );
  }
  if (from === "date" && to === "timestamp") return isText(after, new RegExp(`^${text}T00:00:00.000Z$`));
  if (after.class === "text") return after.string === text;
  if (after.class === "blob") return Buffer.from(text).toString("hex").toUpperCase() === after.hex;
  // A decimal is its number, however it is written; of everything else, how it is written has to come back, unless there was a warning.
  if (NUMBERS.includes(to)) return saysNumber(text, after, written) && (isWarned || from === "exact decimal");
  return written === text && saysNumber(text, after, written);
}

/** Whether a text is how a number is written, so that reading it gives the number again. */
function isWrittenNumber(text: string | undefined, before: Cell): boolean {
  if (text === undefined || !("number" in before)) return false;
  return typeof before.number === "bigint" ? text === String(before.number) : Number(text) === before.number;
}

/** Whether a number means what it meant: also as text, and as the bytes of that text. */
function keepsNumber(before: Cell, after: Cell): boolean {
  if ("number" in after) return isSameNumber(before, after);
  if (after.class === "text") return isWrittenNumber(after.string, before);
  return after.class === "blob" && isWrittenNumber(readBlobText(after.hex), before);
}

/** Whether a value means what it meant. */
function meansTheSame(converted: Converted): boolean {
  const { from, before, after } = converted;
  if (isSame(before, after)) return true;
  if ("number" in before) return keepsNumber(before, after);
  if (before.class === "null" || (before.class === "blob" && from !== "bytes")) return false;
  const text = before.class === "text" ? before.string : readBlobText(before.hex);
  if (text !== undefined) return judgeText(text, converted);
  // Bytes that are no text were text by name only.
  return before.class === "text" && after.class === "blob" && after.hex === before.hex;
}

/** What is wrong with a conversion; undefined when nothing is. */
export function judgeConversion(converted: Converted): string | undefined {
  const { from, to, before, after, isWarned } = converted;
  if (before.class === "null" || after.class === "null") return isSame(before, after) ? undefined : "NULL came or went";
  if (from !== to && !FITS[to](after) && !(from === "untyped" && to === "bytes" && isSame(before, after))) {
    return "it is no value of the new type";
  }
  if (!meansTheSame(converted)) return "it means something else";
  const isMoved = before.class !== after.class && from === "untyped";
  return isMoved && !isWarned ? "its storage class is lost without a warning" : undefined;
}
