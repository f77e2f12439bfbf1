import type { SqlValue } from "../../ops/operation.ts";
import { encodeValue } from "./codec.ts";

/**
 * A name in SQL: always in double quotes, so that keywords and any characters are safe.
 *
 * @example
 * quoteIdentifier('a "b"'); // "a ""b"""
 */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A value in SQL, with the same storage class and content that binding it would give.
 *
 * @throws ConnectionError (unsupportedValue) for what cannot be bound either
 */
export function quoteLiteral(value: SqlValue): string {
  const stored = encodeValue(value);
  if (stored === null) return "NULL";
  if (typeof stored === "string") return quoteText(stored);
  if (typeof stored === "number") return quoteReal(stored);
  if (typeof stored === "bigint") return String(stored);
  return `x'${toHex(stored)}'`;
}

function quoteText(text: string): string {
  // SQLite stops reading SQL at a zero byte. https://www.sqlite.org/nulinstr.html
  if (text.includes("\0")) return `CAST(x'${toHex(new TextEncoder().encode(text))}' AS TEXT)`;
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * A double must look like one: `1152921504606846976` would be an integer. The digits are those that only this double has; SQLite before 3.53 reads
 * some of them with the last bit wrong, which no other spelling avoids.
 */
function quoteReal(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
