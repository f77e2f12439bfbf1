import type { ColumnDefault } from "../../../schema/model/column.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import type { JsonValue } from "../../../schema/model/json.ts";
import { isNowExpression } from "../now.ts";

/** A literal as the server writes it back: `'it''s'::text`, `'-5'::integer`, `E'a\\b'::text`. */
const LITERAL = /^(E?)'((?:[^']|'')*)'::(.+)$/s;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Without what says how long it may be: `numeric(10,2)` is `numeric`. */
const BASES: ReadonlyMap<string, string> = new Map([["character", "bpchar"]]);

function readLiteral(sql: string, baseType: string): string | undefined {
  const [, escape, body = "", type] = LITERAL.exec(sql) ?? [];
  if (type === undefined || type !== (BASES.get(baseType) ?? baseType)) return undefined;
  const text = body.replaceAll("''", "'");
  return escape === "E" ? text.replaceAll("\\\\", "\\") : text;
}

function toNumber(text: string): JsonValue | undefined {
  const number = Number(text);
  return NUMBER.test(text) && String(number) === text ? number : undefined;
}

function toJson(text: string): JsonValue | undefined {
  try {
    // JSON.parse is typed as any; whatever JSON gives is a JsonValue.
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function toText(text: string, type: ColumnType): JsonValue | undefined {
  // The server has two JSON types, and the portable one is only one of them.
  const isJson = type.kind === "json" || (type.kind === "raw" && type.sql === "json");
  return isJson ? toJson(text) : text;
}

/** The value that a literal stands for in a column; undefined where the two do not go together. */
function toValue(text: string, type: ColumnType, isQuoted: boolean): JsonValue | undefined {
  switch (type.kind) {
    case "smallint":
    case "integer":
    case "real":
    case "double":
      return toNumber(text);
    case "bigint":
      return toNumber(text) ?? text;
    case "decimal":
      return text;
    case "boolean":
    case "bytes":
      return undefined;
    default:
      return isQuoted ? toText(text, type) : undefined;
  }
}

/**
 * The default behind the server's words: a value where they are a literal of the column's type, the clock, or an expression.
 *
 * @param sql as `pg_get_expr` gives it
 * @param baseType of the column, as `format_type` gives it without a length
 */
export function parseDefault(sql: string, type: ColumnType, baseType: string): ColumnDefault {
  if (isNowExpression(sql, type)) return { kind: "now" };
  if (type.kind === "boolean" && (sql === "true" || sql === "false")) return { kind: "value", value: sql === "true" };
  const quoted = readLiteral(sql, baseType);
  const plain = quoted ?? (NUMBER.test(sql) ? sql : undefined);
  const value = plain === undefined ? undefined : toValue(plain, type, quoted !== undefined);
  return value === undefined ? { kind: "expression", sql } : { kind: "value", value };
}
