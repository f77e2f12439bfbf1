import type { ColumnType } from "../../schema/model/column-type.ts";
import { quoteText } from "./quote.ts";
import {
  describeShape,
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

/** A condition; empty where there may be values that no condition finds, undefined where there are none. */
type Misfit = string | undefined;

/** A value and what it is to become. */
interface Change<Target extends TypeShape = TypeShape> {
  /** Quoted. */
  readonly column: string;
  readonly from: TypeShape;
  readonly to: Target;
}

type MisfitTable = {
  readonly [Kind in TypeShape["kind"]]: (change: Change<TypeShape & { kind: Kind }>) => Misfit;
};

/** Only the server knows, and only by failing. */
const UNKNOWN = "";

const HEX = "[0-9a-f]";

/** How texts are written that the server reads as a value, as far as a pattern can tell; backslashes of MySQL's texts are avoided. */
const UUID = `^${HEX}{8}-?${HEX}{4}-?${HEX}{4}-?${HEX}{4}-?${HEX}{12}$`;
const WHOLE = "^ *[-+]?[0-9]+ *$";
const NUMBER = "^ *[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)(e[-+]?[0-9]+)? *$";

const SIGNED = "9223372036854775807";

/** Whether all numbers of a kind are between two others. */
function isWithin(from: NumberShape, [least, greatest]: NonNullable<NumberShape["range"]>): boolean {
  if (!from.range) return false;
  return Number(from.range[0]) >= Number(least) && Number(from.range[1]) <= Number(greatest);
}

/** The numbers that are beyond a range once they are rounded. */
function isOutside(number: string, { range, scale }: NumberShape, isFloating: boolean): string {
  const [least = "", greatest = ""] = range ?? [];
  const rounded = scale === Infinity ? number : `round(${number}, ${scale})`;
  // The greatest of eight bytes is no floating point number; the next one is, and taken for it where numbers have a sign.
  if (isFloating && scale === 0 && least === "0")
    return `${rounded} < ${least} OR ${rounded} >= ${BigInt(greatest) + 1n}`;
  return `${rounded} NOT BETWEEN ${least} AND ${greatest}`;
}

/** Text is read as a number with a sign. */
const narrowToSigned = ({ range: [least, greatest] = ["", ""], ...to }: NumberShape): NumberShape => ({
  ...to,
  range: [least, Number(greatest) > Number(SIGNED) && to.scale === 0 && !to.isDecimal ? SIGNED : greatest],
});

function findBadNumber({ column, from, to }: Change<NumberShape>): Misfit {
  if (from.kind === "text") {
    const isWhole = to.scale === 0 && to.isDecimal === undefined;
    const pattern = isWhole ? WHOLE : NUMBER;
    return `${column} NOT REGEXP '${pattern}' OR ${isOutside(`(${column} + 0)`, narrowToSigned(to), true)}`;
  }
  const number = readAsNumber(from);
  if (number === undefined) return UNKNOWN;
  const isFloating = number.keeps !== undefined;
  // Of some numbers below zero it takes the bits.
  if (to.isBits && number.range?.[0] !== "0") return UNKNOWN;
  // As long as nothing is copied, what is there stays as it is.
  if (to.keeps !== undefined && (number.isBits === true || (isFloating && to.scale !== Infinity))) return UNKNOWN;
  if (to.range === undefined || isWithin(number, to.range)) return undefined;
  return isOutside(from.kind === "number" ? column : `(${column} + 0)`, to, isFloating);
}

function findBadYear({ column, from }: Change): Misfit {
  if (from.kind !== "number") return UNKNOWN;
  return `round(${column}) NOT BETWEEN 1901 AND 2155 AND round(${column}) NOT BETWEEN 0 AND 99`;
}

/** https://mariadb.com/kb/en/timestamp/ */
const TIMESTAMPS = "'1970-01-01 00:00:01' AND '2038-01-19 03:14:07.999999'";

function findBadMoment({ column, from, to }: Change<MomentShape>): Misfit {
  if (from.kind !== "moment") return UNKNOWN;
  const isBounded = to.isTimestamp && !from.isTimestamp && from.hasDate;
  return isBounded ? `${column} NOT BETWEEN ${TIMESTAMPS}` : undefined;
}

function findBadJson({ column, from }: Change<TextShape>): Misfit {
  if (from.kind === "number") return from.isBits ? UNKNOWN : undefined;
  return from.kind === "text" && from.isJson ? undefined : `NOT json_valid(${column})`;
}

/** Bits are written as a number, where they are not taken for letters. */
const write = (column: string, from: TypeShape): string =>
  from.kind === "number" && from.isBits ? `(${column} + 0)` : column;

/** Of types without a number of characters, only other text may be too much. */
function findLargeText({ column, from, to }: Change<TextShape>): Misfit {
  if (from.kind === "number" && from.isBits) return UNKNOWN;
  if (from.kind !== "text" || findSize(from) <= to.bytes) return undefined;
  // Blanks at the end are cut where they are one too many.
  return `octet_length(rtrim(${column})) > ${to.bytes}`;
}

function findLongText(change: Change<TextShape>): Misfit {
  const { column, from, to } = change;
  if (to.isJson) return findBadJson(change);
  if (from.kind === "bytes" || from.kind === "opaque") return UNKNOWN;
  if (to.characters === Infinity) return findLargeText(change);
  if (findWidth(from) <= to.characters) return undefined;
  const isCut = from.kind === "text" && !isCopied(from, to);
  return `char_length(${isCut ? `rtrim(${column})` : write(column, from)}) > ${to.characters}`;
}

function findLongBytes({ column, from, to }: Change<BytesShape>): Misfit {
  if (to.bytes === Infinity) return undefined;
  if (from.kind === "opaque") return from.bytes !== undefined && from.bytes <= to.bytes ? undefined : UNKNOWN;
  const size = from.kind === "bytes" || from.kind === "text" ? findSize(from) : findWidth(from);
  return size <= to.bytes ? undefined : `octet_length(${write(column, from)}) > ${to.bytes}`;
}

const quoteNames = ({ names }: NamesShape): string => names.map(quoteText).join(", ");

const includesAll = (to: NamesShape, from: NamesShape): boolean => from.names.every((name) => to.names.includes(name));

function findMissingName({ column, from, to }: Change<NamesShape>): Misfit {
  const list = quoteNames(to);
  const { range } = readAsNumber(to) ?? {};
  if (from.kind === "number") return `round(${column}) NOT BETWEEN ${to.isSet ? 0 : 1} AND ${range?.[1]}`;
  // What is a number may be the place of another word.
  if (from.kind !== "names" || from.names.some((name) => /^\d+$/.test(name))) return UNKNOWN;
  // Several words at a time fit into no enum, not even none.
  if (!to.isSet) return !from.isSet && includesAll(to, from) ? undefined : `${column} NOT IN (${list})`;
  const gone = from.names.filter((name) => !to.names.includes(name));
  return gone.length === 0 ? undefined : gone.map((name) => `find_in_set(${quoteText(name)}, ${column})`).join(" OR ");
}

function findBadObject({ column, from, to }: Change<TypeShape & { kind: "opaque" }>): Misfit {
  return to.word === "uuid" && from.kind === "text" ? `${column} NOT REGEXP '${UUID}'` : UNKNOWN;
}

const MISFITS: MisfitTable = {
  number: findBadNumber,
  year: findBadYear,
  moment: findBadMoment,
  text: findLongText,
  bytes: findLongBytes,
  names: findMissingName,
  opaque: findBadObject,
  unknown: () => undefined,
};

/**
 * The values that stop a change of type in strict mode, as a condition on a column; empty where there may be some that no condition finds, undefined where there
 * are none.
 *
 * @param column quoted
 */
export function findMisfit(column: string, from: ColumnType, to: ColumnType): string | undefined {
  const [source, target] = [describeShape(from), describeShape(to)];
  // The compiler cannot see that an entry takes exactly this shape.
  const find = MISFITS[target.kind] as (change: Change) => Misfit;
  return find({ column, from: source, to: target });
}
