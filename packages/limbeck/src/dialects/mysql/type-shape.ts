import type { ColumnType } from "../../schema/model/column-type.ts";
import { renderType } from "./types.ts";

/** A range of numbers, as SQL. */
type Range = readonly [least: string, greatest: string];

/** Numbers, bits among them. */
export interface NumberShape {
  readonly kind: "number";
  /** Absent where it takes any that its digits can write. */
  readonly range?: Range;
  /** How many significant digits its values may have. */
  readonly digits: number;
  /** How many of them come after the point; `Infinity` where the point floats. */
  readonly scale: number;
  /** How many significant digits are kept, where more are rounded away instead of refused. */
  readonly keeps?: number;
  /** Whether it is kept digit by digit. */
  readonly isDecimal?: true;
  /** Whether it is kept as bits, which the server takes for a number or for bytes. */
  readonly isBits?: true;
}

/** A date, a time of day, or both. */
export interface MomentShape {
  readonly kind: "moment";
  readonly hasDate: boolean;
  readonly hasTime: boolean;
  /** Digits of fractions of seconds. */
  readonly fraction: number;
  /** Whether it counts seconds since 1970, and no further than it can. */
  readonly isTimestamp: boolean;
}

/** Text, JSON among it. */
export interface TextShape {
  readonly kind: "text";
  /** How long it may be. */
  readonly characters: number;
  readonly bytes: number;
  /** Whether blanks at the end are not kept. */
  readonly isPadded: boolean;
  readonly isJson: boolean;
}

/** One or several of some words. */
export interface NamesShape {
  readonly kind: "names";
  readonly names: readonly string[];
  readonly isSet: boolean;
}

/** Bytes. */
export interface BytesShape {
  readonly kind: "bytes";
  readonly bytes: number;
  /** Whether they are filled up with zeros. */
  readonly isPadded: boolean;
}

/** What a type can hold, as far as that decides what becomes of values under another one. */
export type TypeShape =
  | NumberShape
  | MomentShape
  | TextShape
  | NamesShape
  | BytesShape
  | { readonly kind: "year" }
  /** A UUID, an address, or a geometry. */
  | { readonly kind: "opaque"; readonly word: string; /** Where all are of one size. */ readonly bytes?: number }
  | { readonly kind: "unknown" };

/** The parts of a type in the server's words. */
interface Words {
  readonly word: string;
  /** What stands in the parentheses. */
  readonly parameters: string;
  readonly isUnsigned: boolean;
}

/** How many digits floating point numbers of four bytes keep, and of eight. */
const [SHORT, LONG] = [7, 15];

/** The most digits that a number of so many bits surely keeps, or may have. */
function digitsOfBits(bits: number): number {
  // Up to 24 bits a float keeps all, up to 53 a double.
  if (bits <= 24) return Math.min(SHORT, Math.ceil(bits * Math.log10(2)));
  return bits <= 53 ? Math.min(LONG, Math.ceil(bits * Math.log10(2))) : 20;
}

const BITS: ReadonlyMap<string, number> = new Map([
  ["tinyint", 8],
  ["bool", 8],
  ["boolean", 8],
  ["smallint", 16],
  ["mediumint", 24],
  ["int", 32],
  ["integer", 32],
  ["bigint", 64],
]);

function describeWhole(bits: number, isUnsigned: boolean): NumberShape {
  const size = 2n ** BigInt(bits);
  const range: Range = isUnsigned ? ["0", String(size - 1n)] : [String(-size / 2n), String(size / 2n - 1n)];
  return { kind: "number", range, digits: digitsOfBits(bits), scale: 0 };
}

function describeBits(parameters: string): NumberShape {
  const bits = Number(parameters === "" ? 1 : parameters);
  const whole = describeWhole(bits, true);
  // With as many bits as a number has, one below zero is as good as any.
  const range: Range = bits === 64 ? [String(-(2n ** 63n)), String(2n ** 64n - 1n)] : (whole.range ?? ["0", "1"]);
  return { ...whole, range, isBits: true };
}

/** The numbers of so many digits, some of them after the point. */
function findRange(precision: number, scale: number, isUnsigned: boolean): Range {
  const greatest = `${"9".repeat(precision - scale) || "0"}${scale === 0 ? "" : `.${"9".repeat(scale)}`}`;
  return [isUnsigned ? "0" : `-${greatest}`, greatest];
}

const readNumbers = (parameters: string): readonly number[] =>
  parameters === "" ? [] : parameters.split(",").map(Number);

function describeDecimal({ parameters, isUnsigned }: Words): NumberShape {
  const [precision = 10, scale = 0] = readNumbers(parameters);
  return {
    kind: "number",
    range: findRange(precision, scale, isUnsigned),
    digits: precision,
    scale,
    isDecimal: true,
  };
}

const FLOAT_LIMIT = "3.4028234663852887e38";

function describeFloating({ word, parameters, isUnsigned }: Words): NumberShape {
  const [precision, scale] = readNumbers(parameters);
  const isShort = word === "float" && (scale !== undefined || precision === undefined || precision <= 24);
  const keeps = isShort ? SHORT : LONG;
  if (precision !== undefined && scale !== undefined) {
    return {
      kind: "number",
      range: findRange(precision, scale, isUnsigned),
      digits: Math.min(keeps, precision),
      scale,
      keeps,
    };
  }
  const greatest = isShort ? FLOAT_LIMIT : "1.7976931348623157e308";
  return {
    kind: "number",
    range: [isUnsigned ? "0" : `-${greatest}`, greatest],
    digits: keeps,
    scale: Infinity,
    keeps,
  };
}

const DATES: readonly string[] = ["date", "datetime", "timestamp"];
const TIMES: readonly string[] = ["time", "datetime", "timestamp"];

const describeMoment = ({ word, parameters }: Words): MomentShape => ({
  kind: "moment",
  hasDate: DATES.includes(word),
  hasTime: TIMES.includes(word),
  fraction: Number(parameters === "" ? 0 : parameters),
  isTimestamp: word === "timestamp",
});

/** How many bytes the types without a length of their own hold. */
const SIZES: ReadonlyMap<string, number> = new Map([
  ["tiny", 2 ** 8 - 1],
  ["", 2 ** 16 - 1],
  ["medium", 2 ** 24 - 1],
  ["long", Infinity],
]);

function describeText({ word, parameters }: Words): TextShape {
  const plain = { kind: "text", isPadded: word === "char", isJson: word === "json" } as const;
  if (word === "json") return { ...plain, characters: Infinity, bytes: Infinity };
  if (word === "char" || word === "varchar") {
    return { ...plain, characters: Number(parameters === "" ? 1 : parameters), bytes: Infinity };
  }
  const bytes = SIZES.get(word.replace("text", "")) ?? Infinity;
  return { ...plain, characters: Infinity, bytes };
}

function describeBytes({ word, parameters }: Words): BytesShape {
  const bytes = word.endsWith("binary")
    ? Number(parameters === "" ? 1 : parameters)
    : (SIZES.get(word.replace("blob", "")) ?? Infinity);
  return { kind: "bytes", bytes, isPadded: word === "binary" };
}

const NAME = /'((?:[^'\\]|''|\\.)*)'/gs;

/** The words of an enum or a set, as they stand in its parentheses. */
export const readNames = (list: string): readonly string[] =>
  Array.from(list.matchAll(NAME), ([, name = ""]) => name.replaceAll("''", "'").replaceAll(/\\(.)/gs, "$1"));

const OPAQUE: ReadonlyMap<string, number | undefined> = new Map([
  ["uuid", 16],
  ["inet6", 16],
  ["inet4", 4],
  ...["geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon"].map(
    (word) => [word, undefined] as const,
  ),
  ["geometrycollection", undefined],
]);

const DESCRIBE: readonly (readonly [words: RegExp, describe: (words: Words) => TypeShape])[] = [
  [/^(?:decimal|numeric|dec|fixed)$/, describeDecimal],
  [/^(?:float|double|real)$/, describeFloating],
  [/^bit$/, ({ parameters }) => describeBits(parameters)],
  [/^year$/, () => ({ kind: "year" })],
  [/^(?:date|time|datetime|timestamp)$/, describeMoment],
  [/^(?:char|varchar|json|(?:tiny|medium|long)?text)$/, describeText],
  [/^(?:binary|varbinary|(?:tiny|medium|long)?blob)$/, describeBytes],
  [
    /^(?:enum|set)$/,
    ({ word, parameters }) => ({ kind: "names", names: readNames(parameters), isSet: word === "set" }),
  ],
];

function readWords(sql: string): Words {
  const [, word = "", parameters = "", rest = ""] = /^\s*(\w+)\s*(?:\((.*)\))?([^)]*)$/s.exec(sql) ?? [];
  return { word: word.toLowerCase(), parameters, isUnsigned: /\b(?:unsigned|zerofill)\b/i.test(rest) };
}

/**
 * What a type of MariaDB or MySQL can hold.
 *
 * @example
 * describeShape({ kind: "raw", sql: "time(3)" }); // { kind: "moment", hasDate: false, hasTime: true, fraction: 3, isTimestamp: false }
 */
export function describeShape(type: ColumnType): TypeShape {
  const words = readWords(renderType(type));
  const bits = BITS.get(words.word);
  if (bits !== undefined) return describeWhole(bits, words.isUnsigned);
  if (OPAQUE.has(words.word)) {
    const bytes = OPAQUE.get(words.word);
    return { kind: "opaque", word: words.word, ...(bytes !== undefined && { bytes }) };
  }
  const [, describe] = DESCRIBE.find(([pattern]) => pattern.test(words.word)) ?? [];
  return describe?.(words) ?? { kind: "unknown" };
}

/** The number that stands for a value where a number is wanted: 20260102 for a date, the place of a word in its list; undefined where text is read instead. */
export function readAsNumber(shape: TypeShape): NumberShape | undefined {
  const whole = { kind: "number", scale: 0 } as const;
  if (shape.kind === "number") return shape;
  if (shape.kind === "year") return { ...whole, digits: 4, range: ["0", "2155"] };
  if (shape.kind === "names") {
    const count = BigInt(shape.names.length);
    const greatest = shape.isSet ? 2n ** count - 1n : count;
    return { ...whole, digits: digitsOfBits(greatest.toString(2).length), range: ["0", String(greatest)] };
  }
  if (shape.kind !== "moment") return undefined;
  const { hasDate, hasTime, fraction } = shape;
  return { ...whole, digits: (hasDate ? 8 : 1) + (hasTime ? 6 : 0) + fraction, scale: fraction };
}

/** The most bytes that a character takes. */
const CHARACTER = 4;

/** The most bytes of a value of letters or bytes. */
export const findSize = (shape: TextShape | BytesShape): number =>
  shape.kind === "text" ? Math.min(shape.characters * CHARACTER, shape.bytes) : shape.bytes;

/** How many letters the shortest value takes, where all of a type are written alike. */
export function findLeastSize(shape: TypeShape): number {
  if (shape.kind === "opaque") return shape.bytes ?? 0;
  if (shape.kind === "year") return 4;
  if (shape.kind === "moment") return (shape.hasDate ? 10 : 0) + (shape.hasTime ? 8 : 0);
  return shape.kind === "number" && shape.scale > 0 && shape.scale < Infinity ? shape.scale + 2 : 0;
}

/** How many letters the longest value takes; `Infinity` where that is not known. */
export function findWidth(shape: TypeShape): number {
  if (shape.kind === "year") return 4;
  if (shape.kind === "text") return Math.min(shape.characters, shape.bytes);
  if (shape.kind === "bytes") return shape.bytes;
  // A sign, a point and a zero before it.
  if (shape.kind === "number") return shape.keeps === undefined ? shape.digits + 3 : Infinity;
  if (shape.kind !== "moment") return Infinity;
  const { hasDate, hasTime, fraction } = shape;
  return (hasDate ? 10 : 0) + (hasTime ? 11 : 0) + (fraction > 0 ? fraction + 1 : 0);
}

/** How many bytes say how long a `varchar` is, of as many characters as there are, by the bytes that each of them takes. */
const countLengthBytes = (characters: number, bytes: number): number => (characters * bytes > 255 ? 2 : 1);

const isVarchar = (shape: TypeShape): shape is TextShape =>
  shape.kind === "text" && shape.characters !== Infinity && !shape.isPadded;

/** Whether values are copied as they are, so that blanks are refused like anything else that is too much; the character set is not known here. */
export const isCopied = (from: TypeShape, to: TextShape): boolean =>
  isVarchar(from) &&
  isVarchar(to) &&
  [1, 4].every((bytes) => countLengthBytes(from.characters, bytes) === countLengthBytes(to.characters, bytes));
