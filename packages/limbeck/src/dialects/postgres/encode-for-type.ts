import type { SqlValue } from "../../ops/operation.ts";
import type { ColumnType } from "../../schema/model/column-type.ts";
import { encodeValue } from "./codec.ts";

const JSON_TYPES: readonly string[] = ["json", "jsonb"];

const isJson = (type: ColumnType): boolean =>
  type.kind === "json" || (type.kind === "raw" && JSON_TYPES.includes(type.sql));

/**
 * The value to bind so that a column of a type reads it back as it was: JSON text for JSON, also of strings and lists, which would be taken for JSON text and
 * for an array.
 *
 * @throws ConnectionError (unsupportedValue)
 */
export function encodeForType(value: SqlValue, type: ColumnType): SqlValue {
  if (value === null || !isJson(type)) return value;
  // Whatever JSON would silently turn into null is refused here.
  encodeValue(value);
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}
