import type { ColumnType } from "../../schema/model/column-type.ts";
import {
  describeShape,
  findLeastSize,
  findSize,
  findWidth,
  isCopied,
  readAsNumber,
  type BytesShape,
  type MomentShape,
  type NamesShape,
  type NumberShape,
  type TextShape,
  type TypeShape,
} from "./type-shape.ts";

/** What is lost, each in words of its own; undefined for nothing. */
type Losses = readonly (string | undefined)[];

type LossTable = { readonly [Kind in TypeShape["kind"]]: (from: TypeShape, to: TypeShape & { kind: Kind }) => Losses };

const NUMBERS_WRITTEN = "how numbers are written (leading zeros, for example)";
const MOMENTS_WRITTEN = "how dates and times are written";
const YEARS_WRITTEN = "how years are written (with two digits for four, for example)";
const WORDS_WRITTEN = "how values are written (in capital letters, for example)";
const BLANKS = "blanks at the end";
const AFTER_POINT = "digits after the point";

/** How many digits the server keeps of a floating point number of four bytes, and how many of them it shows. */
const [SHORT, SHOWN] = [7, 6];

/** Whether values are letters or bytes, of which the server reads what it needs. */
const isWritten = ({ kind }: TypeShape): boolean => kind === "text" || kind === "bytes";

const ordinal = (position: number): string => `${position}${["th", "st", "nd", "rd"][position] ?? "th"}`;

/** Digits after the point that are one too many. */
const cutFraction = (from: NumberShape | undefined, scale: number): string | undefined =>
  from !== undefined && from.scale > scale ? AFTER_POINT : undefined;

function lostInNumber(from: TypeShape, to: NumberShape): Losses {
  if (isWritten(from)) return [NUMBERS_WRITTEN];
  const number = readAsNumber(from);
  if (number === undefined) return [];
  // A moment is read back from what the server shows of a number.
  const isShown = from.kind === "moment" && to.keeps === SHORT && to.scale === Infinity;
  const keeps = isShown ? SHOWN : to.keeps;
  // What has more digits than there is room for is refused.
  const digits = to.scale === Infinity ? number.digits : Math.min(number.digits, to.digits);
  return [
    cutFraction(number, to.scale),
    keeps !== undefined && digits > keeps ? `digits beyond the ${ordinal(keeps)}` : undefined,
    // As a number they have no more digits than those with two.
    from.kind === "moment" && from.hasDate && !from.isTimestamp ? "the century of years before 100" : undefined,
  ];
}

function lostInYear(from: TypeShape): Losses {
  if (isWritten(from) || from.kind === "number") return [YEARS_WRITTEN, cutFraction(readAsNumber(from), 0)];
  return [];
}

function lostBetweenMoments(from: MomentShape, to: MomentShape): Losses {
  const lostSeconds =
    to.fraction === 0 ? "fractions of seconds" : `fractions of seconds beyond the ${ordinal(to.fraction)} digit`;
  return [
    from.hasDate && !to.hasDate ? "the date" : undefined,
    from.hasTime && !to.hasTime ? "the time of day" : undefined,
    // A time may be of any hour, and lead to another day than today.
    !from.hasDate && to.hasDate && to.hasTime ? "times before 0:00 and after 23:59" : undefined,
    to.hasTime && from.fraction > to.fraction ? lostSeconds : undefined,
  ];
}

/** How many digits the longest time has as a number: 838:59:59. */
const LONGEST_TIME = 7;

/** The least number that the server reads as a date has three digits: 101 is the first of January 2000. */
const mayBeDate = ({ digits }: NumberShape): boolean => digits >= 3;

function lostInMoment(from: TypeShape, to: MomentShape): Losses {
  if (isWritten(from)) return [MOMENTS_WRITTEN];
  if (from.kind === "moment") return lostBetweenMoments(from, to);
  if (from.kind !== "number") return [];
  const isRead = to.hasDate ? mayBeDate(from) : from.digits > LONGEST_TIME;
  return [isRead ? MOMENTS_WRITTEN : undefined, cutFraction(from, to.fraction)];
}

/** Where there is room for more digits than the server writes of a number of four bytes. */
const cutFloat = (from: TypeShape, room: number): string | undefined =>
  from.kind === "number" && from.scale === Infinity && from.keeps === SHORT && room > SHOWN
    ? `digits beyond the ${ordinal(SHOWN)}`
    : undefined;

/** Whether the server cuts blanks, as it does where a value is too long, and nothing else of it is too much. */
function cutsBlanks(from: TextShape | BytesShape, to: TextShape): boolean {
  if (to.isPadded) return true;
  const isLonger = to.characters === Infinity ? findSize(from) > to.bytes : findWidth(from) > to.characters;
  return isLonger && !isCopied(from, to);
}

function lostInText(from: TypeShape, to: TextShape): Losses {
  if (from.kind !== "text" && from.kind !== "bytes") return [cutFloat(from, to.characters)];
  if (from.kind === "text" && from.isPadded) return [];
  return [cutsBlanks(from, to) ? BLANKS : undefined];
}

function lostInBytes(from: TypeShape, to: BytesShape): Losses {
  const isFilled = (from.kind === "bytes" && from.isPadded) || findLeastSize(from) >= to.bytes;
  const cuts = from.kind === "bytes" && from.isPadded && to.isPadded && from.bytes > to.bytes;
  return [
    cuts ? BLANKS : undefined,
    cutFloat(from, to.bytes),
    to.isPadded && !isFilled ? "where values end (zeros are added)" : undefined,
  ];
}

function lostInNames(from: TypeShape, to: NamesShape): Losses {
  if (isWritten(from)) return [WORDS_WRITTEN];
  if (from.kind === "number") return [cutFraction(from, 0)];
  // Of a word that is gone, and is a number, the server takes the one in that place.
  const isRead = from.kind === "names" && from.names.some((name) => !to.names.includes(name) && /^\d+$/.test(name));
  return [isRead ? "words that are numbers" : undefined];
}

const LOST: LossTable = {
  number: lostInNumber,
  year: lostInYear,
  moment: lostInMoment,
  text: lostInText,
  bytes: lostInBytes,
  names: lostInNames,
  opaque: (from) => [from.kind === "text" ? WORDS_WRITTEN : undefined],
  unknown: () => [],
};

/**
 * The values that a change of type may lose something of, as a condition on a quoted column; undefined where it may be any.
 */
export function findNarrowed(column: string, from: ColumnType, to: ColumnType): string | undefined {
  const lost = describeNarrowing(from, to);
  if (lost === BLANKS) return `${column} LIKE '% '`;
  const [source, target] = [describeShape(from), describeShape(to)];
  // Only what is kept digit by digit is rounded here as it is there.
  const isRounded = source.kind === "number" && source.isDecimal === true && target.kind === "number";
  return lost === AFTER_POINT && isRounded ? `${column} <> round(${column}, ${target.scale})` : undefined;
}

/**
 * Which values a change of type loses. A value that does not fit stops the change in the strict mode of every session here, so that only what the server rounds,
 * cuts or reads anew is lost. https://mariadb.com/kb/en/sql-mode/#strict-mode
 */
export function describeNarrowing(from: ColumnType, to: ColumnType): string | undefined {
  const [source, target] = [describeShape(from), describeShape(to)];
  // The compiler cannot see that an entry takes exactly this shape.
  const find = LOST[target.kind] as (from: TypeShape, to: TypeShape) => Losses;
  const losses = find(source, target).filter((loss) => loss !== undefined);
  return losses.length === 0 ? undefined : losses.join(" and ");
}
