import type { SqlValue } from "../../ops/operation.ts";
import { encodeValue } from "./codec.ts";

/**
 * A name in SQL: always in double quotes, so that keywords, capitals and any characters are safe.
 *
 * @example
 * quoteIdentifier('a "b"'); // "a ""b"""
 */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Names in double quotes, separated by commas. */
export function quoteList(names: readonly string[]): string {
  return names.map(quoteIdentifier).join(", ");
}

/** Text in SQL; every session here, and every script, has `standard_conforming_strings` on. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * A value in SQL. Most are text between quotation marks, which takes the type that its place asks for, as a bound value does.
 *
 * @throws ConnectionError (unsupportedValue) for what cannot be bound either
 */
export function quoteLiteral(value: SqlValue): string {
  const text = encodeValue(value);
  if (text === null) return "NULL";
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean" ? text : quoteText(text);
}
