import type { SqlValue } from "../../ops/operation.ts";
import type { ColumnType } from "../../schema/model/column-type.ts";
import { quoteLiteral } from "./quote.ts";
import { isText } from "./types.ts";

const isJson = (type: ColumnType): boolean => type.kind === "json" || (type.kind === "raw" && /^json$/i.test(type.sql));

/**
 * The value to bind so that a column of a type reads it back as it was: JSON text for JSON, also of strings and lists, and ISO 8601 for moments that are kept
 * as text.
 *
 * @throws ConnectionError (unsupportedValue)
 */
export function encodeForType(value: SqlValue, type: ColumnType): SqlValue {
  if (value === null) return value;
  // Whatever cannot be written is refused here.
  quoteLiteral(value);
  if (isJson(type)) return typeof value === "bigint" ? String(value) : JSON.stringify(value);
  return value instanceof Date && isText(type) ? value.toISOString() : value;
}
