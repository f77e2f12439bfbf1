import { connectionErrors } from "../kernel/errors/connection-errors.ts";

/** The error of a value that no engine can be given. */
export function refuseValue(problem: string): Error {
  return connectionErrors.unsupportedValue({ problem });
}

/** @throws ConnectionError (unsupportedValue) for text that has no UTF-8 form */
export function encodeString(value: string): string {
  // A driver would write U+FFFD for the lone half of a surrogate pair.
  if (!value.isWellFormed()) throw refuseValue("the string holds half of a surrogate pair, which has no UTF-8 form");
  return value;
}

/**
 * A moment as ISO 8601 in UTC.
 *
 * @throws ConnectionError (unsupportedValue) for an invalid Date, and for years other than 0 to 9999
 */
export function encodeDate(value: Date): string {
  if (Number.isNaN(value.getTime())) throw refuseValue("it is an invalid Date");
  const text = value.toISOString();
  // Other years are written with a sign and six digits, which no engine reads.
  if (text.length !== "0000-00-00T00:00:00.000Z".length) {
    throw refuseValue(`the year of ${text} is not one of 0 to 9999`);
  }
  return text;
}

/** Plain objects of another realm count too: revisions and configs may be loaded into a context of their own. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * A plain object or an array as JSON.
 *
 * @throws ConnectionError (unsupportedValue) for instances of classes, and for what JSON cannot hold
 */
export function encodeJson(value: object): string {
  if (!Array.isArray(value) && !isPlainObject(value)) {
    throw refuseValue(`it is an instance of ${value.constructor?.name ?? "an unnamed class"}`);
  }
  try {
    return encodeString(JSON.stringify(value));
  } catch (error) {
    throw connectionErrors.unsupportedValue({ problem: "it cannot be written as JSON" }, error);
  }
}
