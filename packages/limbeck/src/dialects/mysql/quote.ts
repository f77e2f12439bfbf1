import { encodeDate, encodeJson, encodeString, refuseValue } from "../../dialect/encode-text.ts";
import type { SqlValue } from "../../ops/operation.ts";

/**
 * A name in SQL: always in backticks, so that keywords and any characters are safe.
 *
 * @example
 * quoteIdentifier("a`b"); // `a``b`
 */
export function quoteIdentifier(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

/** Names in backticks, separated by commas. */
export function quoteList(names: readonly string[]): string {
  return names.map(quoteIdentifier).join(", ");
}

/** Text in SQL; in every session here, and in every script, a backslash means that the next character is meant. */
export function quoteText(text: string): string {
  return `'${text
    .replaceAll("\\", String.raw`\\`)
    .replaceAll("'", "''")
    .replaceAll("\0", String.raw`\0`)}'`;
}

function quoteBytes(bytes: Uint8Array): string {
  return `x'${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}'`;
}

/** A moment as the server reads it: UTC, as every session here is. */
function writeMoment(value: Date): string {
  return encodeDate(value).replace("T", " ").replace("Z", "");
}

function quoteObject(value: object): string {
  if (value instanceof Date) return quoteText(writeMoment(value));
  return value instanceof Uint8Array ? quoteBytes(value) : quoteText(encodeJson(value));
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw refuseValue(`it is ${value}`);
  // A whole number has no sign of its own when it is zero.
  return Object.is(value, -0) ? "-0e0" : String(value);
}

/**
 * A value in SQL. Objects and arrays are JSON text.
 *
 * @throws ConnectionError (unsupportedValue) for what would be lost or changed on the way
 */
export function quoteLiteral(value: SqlValue): string {
  switch (typeof value) {
    case "string":
      return quoteText(encodeString(value));
    case "number":
      return writeNumber(value);
    case "bigint":
      return String(value);
    case "boolean":
      return value ? "TRUE" : "FALSE";
    case "object":
      return value === null ? "NULL" : quoteObject(value);
    default:
      throw refuseValue(`it is ${typeof value === "undefined" ? "undefined" : `a ${typeof value}`}`);
  }
}
