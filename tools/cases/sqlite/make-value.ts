import type { SQLInputValue } from "node:sqlite";
import { readLiteral } from "./allowed-change.ts";

/** A kind of values that a type can hold. */
type Holder = (value: SQLInputValue) => boolean;

const two = (number: number): string => String(number).padStart(2, "0");

const isNumeric = (value: SQLInputValue): boolean =>
  typeof value !== "object" && /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(String(value));
const matches =
  (pattern: RegExp): Holder =>
  (value) =>
    typeof value === "string" && pattern.test(value);

/** Numeric affinity makes a number of text that is one; only what SQLite writes for that number is as it was. https://www.sqlite.org/datatype3.html#type_affinity */
const isKeptByNumericAffinity: Holder = (value) =>
  typeof value !== "string" || Number.isNaN(Number(value)) || String(Number(value)) === value;

const HOLDERS: readonly (readonly [type: RegExp, holds: Holder])[] = [
  [/^DEC/, isNumeric],
  [/^BOOL/, (value) => value === 0 || value === 1],
  [/INT/, (value) => isNumeric(value) && Number.isInteger(Number(value))],
  [/^JSON/, (value) => (isNumeric(value) && isKeptByNumericAffinity(value)) || matches(/^\{/)(value)],
  [/^UUID/, matches(/^[\da-f-]{36}$/)],
  [/^DATE$/, matches(/^\d{4}-\d\d-\d\d$/)],
  [/^TIME$/, matches(/^\d\d:\d\d:\d\d$/)],
  [/^TIMESTAMP/, matches(/^\d{4}-\d\d-\d\dT/)],
  [/CHAR|CLOB|TEXT/, (value) => typeof value === "string"],
  [/^$|BLOB/, () => true],
  [/REAL|FLOA|DOUB/, isNumeric],
];

const findHolder = (type: string): Holder =>
  HOLDERS.find(([pattern]) => pattern.test(type))?.[1] ?? isKeptByNumericAffinity;

/** Whether a type has a place for a stored value, written as SQL; a number has one in text, as its digits. */
export function canHold(type: string, sql: string): boolean {
  const literal = readLiteral(sql);
  if (literal.kind === "null") return true;
  if (literal.kind === "bytes") return /^$|BLOB/.test(type);
  const holds = findHolder(type);
  const value = literal.content;
  return holds(value) || (literal.kind === "number" && holds(Number(value)));
}

/** Values that differ from number to number, except where a type has only two. */
function listCandidates(number: number): readonly SQLInputValue[] {
  return [
    // Text that loses its zeros wherever something takes it for a number.
    `00${number}`,
    number,
    String(number),
    number % 2,
    number + 0.5,
    `2026-01-${two(number)}`,
    `2026-01-${two(number)}T10:00:00.000Z`,
    `10:00:${two(number)}`,
    `{"n":${number}}`,
    `00000000-0000-4000-8000-0000000000${two(number)}`,
  ];
}

/** Values in which small faults show, for columns that only ever have a type that keeps them. */
const HAZARDS: readonly (readonly [types: RegExp, make: (number: number) => SQLInputValue])[] = [
  // Beyond what a double holds.
  [/INT/, (number) => 9_007_199_254_740_992n + BigInt(number)],
  // The last digit of a double.
  [/REAL|FLOA|DOUB/, (number) => number + 0.1 + 0.2],
  [/^$|BLOB/, (number) => new Uint8Array([0, 0xff, number])],
  [/^(?!.*(?:INT|DECIMAL)).*(?:CHAR|CLOB|TEXT)/, (number) => ` It's ${number}\n\u00FC \u{1F642}  `],
  // Text that is a number beyond what a double holds.
  [/INT|^(?!.*DECIMAL).*(?:CHAR|CLOB|TEXT)/, (number) => String(9_007_199_254_740_992n + BigInt(number))],
];

/**
 * A value for a column that may have another type later; one that both can hold, if there is one.
 *
 * @param types as declared, in capitals: the first is the column's, the others those it will have
 * @param number rows of the same number fit each other, so that foreign keys find what they point to
 */
export function makeValue(types: readonly string[], number: number): SQLInputValue {
  const holders = types.map(findHolder);
  const candidates = listCandidates(number);
  const fitting = candidates.find((value) => holders.every((holds) => holds(value)));
  return fitting ?? candidates.find((value) => holders[0]?.(value)) ?? number;
}

/** As {@link makeValue}, but a value in which small faults show, where the types have one. */
export function makeHazard(types: readonly string[], number: number): SQLInputValue {
  const hazard = HAZARDS.find(([pattern]) => types.every((type) => pattern.test(type)));
  return hazard ? hazard[1](number) : makeValue(types, number);
}
