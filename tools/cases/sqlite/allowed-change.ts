/** A value as SQLite's quote() writes it, taken apart. */
type Literal =
  | { readonly kind: "null" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bytes"; readonly hex: string }
  | { readonly kind: "number"; readonly text: string };

/** Reads what quote() wrote. */
export function readLiteral(sql: string): Literal {
  if (sql === "NULL") return { kind: "null" };
  if (sql.startsWith("'")) return { kind: "text", text: sql.slice(1, -1).replaceAll("''", "'") };
  if (/^x'/i.test(sql)) return { kind: "bytes", hex: sql.slice(2, -1).toLowerCase() };
  return { kind: "number", text: sql };
}

const MOMENT = /^(?:TIMESTAMP|DATE$|TIME$)/;

/** The date and the time of day that a text of one of these types holds. */
function readMoment(text: string): { readonly day: string | undefined; readonly time: string | undefined } {
  const day = /^\d{4}-\d\d-\d\d/.exec(text)?.[0];
  const time = /\d\d:\d\d:\d\d/.exec(text)?.[0];
  return { day, time };
}

/** Whether what both texts hold of a moment is the same; what only one of them holds is midnight, or is gone with the type that held it. */
function isSameMoment(before: string, after: string): boolean {
  const [was, is] = [readMoment(before), readMoment(after)];
  const isSameDay = was.day === undefined || is.day === undefined || was.day === is.day;
  const isSameTime = was.time === undefined || is.time === undefined || was.time === is.time || is.time === "00:00:00";
  return isSameDay && isSameTime;
}

/** Whether a number has exactly this text: '007' is another text than '7', and would not come back. */
const isTextOf = (text: string, number: string): boolean =>
  /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) && text.replace(/\.0$/, "") === number.replace(/\.0$/, "");

const toHex = (text: string): string => Buffer.from(text).toString("hex");

/**
 * Whether a change of type may turn one stored value into another: the table of what SQLite's types have in common. Everything else is lost.
 *
 * @param types of the column before and after, as declared, in capitals
 */
export function isAllowedChange(before: string, after: string, types: readonly [from: string, to: string]): boolean {
  if (before === after) return true;
  const [was, is] = [readLiteral(before), readLiteral(after)];
  if (was.kind === "number" && is.kind === "number") {
    // 5 and 5.0; numbers that no double holds are the same to the digit or not at all.
    return was.text.replace(/\.0$/, "") === is.text.replace(/\.0$/, "");
  }
  if (was.kind === "text" && is.kind === "number") return isTextOf(was.text, is.text);
  if (was.kind === "number" && is.kind === "text") return isTextOf(is.text, was.text);
  if (was.kind === "text" && is.kind === "bytes") return toHex(was.text) === is.hex;
  if (was.kind === "bytes" && is.kind === "text") return was.hex === toHex(is.text);
  if (was.kind === "text" && is.kind === "text") {
    return types.every((type) => MOMENT.test(type)) && types[0] !== types[1] && isSameMoment(was.text, is.text);
  }
  return false;
}
