/** A value as SQLite's quote() writes it, taken apart. */
interface Literal {
  readonly kind: "null" | "text" | "bytes" | "number";
  /** The text, the digits of a number, or the bytes in hexadecimal digits. */
  readonly content: string;
}

/** Reads what quote() wrote. */
export function readLiteral(sql: string): Literal {
  if (sql === "NULL") return { kind: "null", content: "" };
  if (sql.startsWith("'")) return { kind: "text", content: sql.slice(1, -1).replaceAll("''", "'") };
  if (/^x'/i.test(sql)) return { kind: "bytes", content: sql.slice(2, -1).toLowerCase() };
  return { kind: "number", content: sql };
}

const isText = (type: string): boolean => /CHAR|CLOB|TEXT/.test(type) && !/INT|DECIMAL/.test(type);

const MOMENT = /^(?:TIMESTAMP|DATE$|TIME$)/;

/** Types of a column, before and after. */
export type ColumnTypes = readonly [from: string, to: string];

const areMoments = (types: ColumnTypes): boolean => types.every((type) => MOMENT.test(type)) && types[0] !== types[1];

/** The date and the time of day that a text of one of these types holds. */
function readMoment(text: string): { readonly day: string | undefined; readonly time: string | undefined } {
  const day = /^\d{4}-\d\d-\d\d/.exec(text)?.[0];
  const time = /\d\d:\d\d:\d\d/.exec(text)?.[0];
  return { day, time };
}

/** A day that became the first moment of that day. */
function isMidnight(before: string, after: string): boolean {
  const [was, is] = [readMoment(before), readMoment(after)];
  return was.time === undefined && was.day !== undefined && was.day === is.day && is.time === "00:00:00";
}

/** A number without the zeros that say nothing, to its last digit: doubles would take 9007199254740993 for the number before it. */
const withoutZeros = (number: string): string =>
  number
    .replace(/^(-?)0+(?=\d)/, "$1")
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");

/** 5 and 5.0; numbers that no double holds are the same to the digit or not at all. */
const withoutPoint = (number: string): string => number.replace(/\.0$/, "");

/** Whether a number has exactly this text: '007' is another text than '7', and would not come back. */
const isTextOf = (text: string, number: string): boolean =>
  /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) && withoutPoint(text) === withoutPoint(number);

const toHex = (text: string): string => Buffer.from(text).toString("hex");

const fromHex = (bytes: string): string => Buffer.from(bytes, "hex").toString();

/** What may become of a value of one kind when it gets another. */
const RULES: Readonly<Record<string, (was: string, is: string) => boolean>> = {
  "number number": (was, is) => withoutPoint(was) === withoutPoint(is),
  "text number": isTextOf,
  "number text": (was, is) => isTextOf(is, was),
  "text bytes": (was, is) => toHex(was) === is,
  "bytes text": (was, is) => was === toHex(is),
  // As text in between.
  "number bytes": (was, is) => isTextOf(fromHex(is), was),
  "bytes number": (was, is) => isTextOf(fromHex(was), is),
};

/** Whether a value is what it was, in a column of the type that it had: of a number, 5 or 5.0, or to the letter. */
export function isSameValue(before: string, after: string): boolean {
  const [was, is] = [readLiteral(before), readLiteral(after)];
  const areNumbers = was.kind === "number" && is.kind === "number";
  return before === after || (areNumbers && withoutPoint(was.content) === withoutPoint(is.content));
}

/** What a value says, whether as number, text or bytes. */
const readContent = ({ kind, content }: Literal): string => (kind === "bytes" ? fromHex(content) : content);

/** Whether two values say the same, and only their kind or how a number is written is another. */
export function isSameContent(before: string, after: string): boolean {
  const [was, is] = [readLiteral(before), readLiteral(after)];
  if (was.kind === "null" || is.kind === "null") return was.kind === is.kind;
  const contents = [readContent(was), readContent(is)] as const;
  const areNumbers = contents.every((content) => /^-?\d+(?:\.\d+)?$/.test(content));
  return contents[0] === contents[1] || (areNumbers && withoutZeros(contents[0]) === withoutZeros(contents[1]));
}

/**
 * Whether a change of type may turn one stored value into another: the table of what SQLite's types have in common. Everything else is lost.
 *
 * @param types of the column before and after, as declared, in capitals
 */
export function isAllowedChange(before: string, after: string, types: ColumnTypes): boolean {
  if (before === after) return true;
  if (types[0] === types[1] || types.every(isText)) return false;
  const [was, is] = [readLiteral(before), readLiteral(after)];
  const rule = RULES[`${was.kind} ${is.kind}`];
  if (rule) return rule(was.content, is.content);
  return areMoments(types) && was.kind === "text" && is.kind === "text" && isMidnight(was.content, is.content);
}

/**
 * Whether all that a value lost is the part of a moment that its type has no place for, or had none for on the way: only the tool
 * can say that this is so before it happens.
 */
export function isRestOfMoment(before: string, after: string, types: ColumnTypes): boolean {
  const [was, is] = [readLiteral(before), readLiteral(after)];
  if (!areMoments(types) || was.kind !== "text" || is.kind !== "text") return false;
  const [{ day, time }, rest] = [readMoment(was.content), readMoment(is.content)];
  const isSameDay = day === undefined || rest.day === undefined || day === rest.day;
  return isSameDay && (rest.time === undefined || time === rest.time || rest.time === "00:00:00");
}
