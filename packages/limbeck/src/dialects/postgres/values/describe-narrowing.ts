import { describeType } from "../../../ops/describe/describe-type.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import { endsWithBlanks, findValueKind, lengthOf, type Family, type ValueKind } from "./value-kind.ts";

/** How many decimal digits floating point numbers are sure to keep. */
const FLOATING_DIGITS = { real: 6, double: 15 } as const;

type Describe = (from: ValueKind, to: ValueKind) => string | undefined;

const WRITTEN = "how it is written";
const AFTER_POINT = "digits after the point";

const NUMBERS: readonly Family[] = ["whole", "decimal", "floating", "money"];

/** Kinds whose values are never written in more than 63 bytes, the most that a `name` has. */
const SHORT: readonly Family[] = [
  "letter",
  "whole",
  "floating",
  "money",
  "boolean",
  "moment",
  "time",
  "network",
  "hardware",
  "object",
];

/** A length that is too short stops the change; only blanks and names are cut. */
const toText: Describe = (from, to) => {
  if (
    to.name === "name" &&
    from.name !== "name" &&
    !SHORT.includes(from.family) &&
    !(from.family === "text" && lengthOf(from) < 16)
  ) {
    return "what is longer than 63 bytes";
  }
  return (to.name === "character" || to.name === "bpchar") && endsWithBlanks(from) ? "blanks at the end" : undefined;
};

const fromText: Describe = (_from, to) => {
  if (NUMBERS.includes(to.family)) return "how numbers are written (leading zeros, for example)";
  if (to.name === "jsonb") return `${WRITTEN} (blanks, the order of keys)`;
  return to.name === "json" ? undefined : WRITTEN;
};

/** How many digits a decimal number has in all; without end where nothing limits it. */
const precisionOf = ({ sizes: [precision = Infinity] }: ValueKind): number => precision;
const scaleOf = ({ sizes: [precision, scale = precision === undefined ? Infinity : 0] }: ValueKind): number => scale;

const WHOLE_DIGITS: Readonly<Record<string, number>> = { smallint: 5, integer: 10, bigint: 19 };

function countDigits(kind: ValueKind): number {
  if (kind.family === "whole") return WHOLE_DIGITS[kind.name] ?? Infinity;
  return kind.family === "floating" ? floatingDigits(kind) : precisionOf(kind);
}

const floatingDigits = ({ name }: ValueKind): number => FLOATING_DIGITS[name === "real" ? "real" : "double"];

const fractionOf = (kind: ValueKind): number => {
  if (kind.family === "whole") return 0;
  if (kind.family === "money") return 2;
  return kind.family === "decimal" ? scaleOf(kind) : Infinity;
};

/** A number that is too large stops the change; only digits are rounded away. */
const betweenNumbers: Describe = (from, to) => {
  if (fractionOf(to) < fractionOf(from) && to.family !== "floating") return AFTER_POINT;
  const kept = [from, to].filter(({ family }) => family === "floating").map(floatingDigits);
  const limit = Math.min(...kept);
  const isCut =
    to.family === "floating" ? limit < countDigits(from) : from.family === "floating" && to.family === "decimal";
  return isCut ? `digits beyond the ${limit}th` : undefined;
};

const FIELDS: readonly string[] = ["year", "month", "day", "hour", "minute", "second"];

const digitsOfSecond = ({ name, field = "second", sizes: [digits = 6] }: ValueKind): number =>
  name === "date" || field !== "second" ? 0 : digits;

/** What is smaller than the smallest that a type counts. */
const fineness: Describe = (from, to) => {
  const [own, other] = [from, to].map(({ field = "second" }) => FIELDS.indexOf(field));
  if ((other ?? 0) < (own ?? 0)) return `what is less than ${to.field === "hour" ? "an" : "a"} ${to.field ?? "second"}`;
  return digitsOfSecond(to) < digitsOfSecond(from) ? "fractions of a second" : undefined;
};

const betweenMoments: Describe = (from, to) => {
  if (from.name === "date") return undefined;
  return to.name === "date" ? "the time of day" : fineness(from, to);
};

/** From a bound that counts in steps to one that does not nothing is lost; the other way round each range is written in one way only. */
const betweenRanges: Describe = ({ element: from }, { element: to }) => {
  const lost = from && to && describeKinds(from, to);
  const isStep = (kind: ValueKind | undefined): boolean => kind?.family === "whole" || kind?.name === "date";
  return lost ?? (isStep(to) && !isStep(from) ? "how bounds are written" : undefined);
};

const KEPT_SHAPES: ReadonlySet<string> = new Set([
  "point -> box",
  "box -> polygon",
  "path -> polygon",
  "polygon -> path",
]);

const betweenShapes: Describe = (from, to) => (KEPT_SHAPES.has(`${from.name} -> ${to.name}`) ? undefined : "the shape");

const betweenObjects: Describe = (from, to) => (from.name === "oid" || to.name === "oid" ? undefined : WRITTEN);

/** What gets lost between values of the same kind; nothing where nothing is said. */
const WITHIN: Readonly<Partial<Record<Family, Describe>>> = {
  text: toText,
  whole: betweenNumbers,
  decimal: betweenNumbers,
  floating: betweenNumbers,
  moment: betweenMoments,
  time: (from, to) =>
    from.name === "time with time zone" && to.name !== from.name ? "the time zone" : fineness(from, to),
  interval: fineness,
  json: (_from, to) =>
    to.name === "jsonb" ? `${WRITTEN} (blanks, the order of keys, keys that are there twice)` : undefined,
  shape: betweenShapes,
  object: betweenObjects,
  range: betweenRanges,
};

const nothing: Describe = () => undefined;

/** What gets lost between values of two kinds. What is not here is read anew from what was written. */
const BETWEEN: Readonly<Record<string, Describe>> = {
  "whole -> boolean": () => "which number it was, other than 0 and 1",
  "decimal -> boolean": () => "which number it was, other than 0 and 1",
  "floating -> boolean": () => "which number it was, other than 0 and 1",
  "boolean -> whole": nothing,
  "boolean -> decimal": nothing,
  "boolean -> floating": nothing,
  "moment -> time": () => "the date",
  "time -> interval": fineness,
  "interval -> time": () => "what is more than a day",
  "json -> whole": () => AFTER_POINT,
  "json -> decimal": (_from, to) => (scaleOf(to) === Infinity ? WRITTEN : AFTER_POINT),
  "json -> floating": (_from, to) => `digits beyond the ${floatingDigits(to)}th`,
  "json -> boolean": () => "what is null in JSON",
  "whole -> bits": (_from, to) => `what has no place in ${lengthOf(to)} bits`,
  "bits -> whole": (from) => (from.name === "bit" ? undefined : "zeros at the beginning"),
  "whole -> object": nothing,
  "object -> whole": nothing,
};

/** What gets lost between values that have little in common. */
function describeApart(from: ValueKind, to: ValueKind): string | undefined {
  if (to.family === "letter") return "what stands after the first character";
  if (from.family === "text" || from.family === "letter") return fromText(from, to);
  if (NUMBERS.includes(from.family) && NUMBERS.includes(to.family)) return betweenNumbers(from, to);
  const between = BETWEEN[`${from.family} -> ${to.family}`];
  return between === undefined ? WRITTEN : between(from, to);
}

function describeKinds(from: ValueKind, to: ValueKind): string | undefined {
  if (from.family === "list" && to.family === "list")
    return from.element && to.element && describeKinds(from.element, to.element);
  if (to.family === "text") return toText(from, to);
  // It keeps the very text.
  if (to.name === "xml") return undefined;
  if (from.family !== to.family) return describeApart(from, to);
  if (from.family === "alone") return from.name === to.name ? undefined : WRITTEN;
  return WITHIN[from.family]?.(from, to);
}

/**
 * Nothing is known of what somebody made: a domain may be of any type, and values then change as they do between that one and the other. Text mostly keeps what they
 * say, and is mostly what a type was made of.
 */
function describeUnknown(own: ValueKind | undefined, other: ValueKind | undefined, to: ColumnType): string | undefined {
  const isText = (kind: ValueKind | undefined): boolean => kind?.family === "text" && kind.name !== "name";
  if (own?.family === "letter" || isText(own) || isText(other)) return undefined;
  return `what ${describeType(to)} has no place for`;
}

/**
 * Which values a change of type loses. A value that does not fit stops the change, so that only what PostgreSQL rounds, cuts or reads anew is lost. Between two types that
 * somebody made values go by way of text.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export function describeNarrowing(from: ColumnType, to: ColumnType): string | undefined {
  const [own, other] = [findValueKind(from), findValueKind(to)];
  if (own && other) return describeKinds(own, other);
  return own || other ? describeUnknown(own, other, to) : undefined;
}

/** The values that a change of type may lose something of, as a condition on a quoted column; undefined where it may be any. */
export function findNarrowed(column: string, from: ColumnType, to: ColumnType): string | undefined {
  const [own, other] = [findValueKind(from), findValueKind(to)];
  if (own?.family !== "decimal" || (other?.family !== "whole" && other?.family !== "decimal")) return undefined;
  return betweenNumbers(own, other) === AFTER_POINT ? `${column} <> round(${column}, ${fractionOf(other)})` : undefined;
}
