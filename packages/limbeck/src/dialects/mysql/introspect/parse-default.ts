import type { ColumnDefault } from "../../../schema/model/column.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import type { JsonValue } from "../../../schema/model/json.ts";
import { isNowExpression } from "../now.ts";
import { unescapeText } from "../parse/unescape-text.ts";
import { stripParentheses } from "./spelling.ts";

const LITERAL = /^'((?:[^'\\]|\\[^]|'')*)'$/;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

function toNumber(text: string): number | undefined {
  const number = Number(text);
  return NUMBER.test(text) && String(number) === text ? number : undefined;
}

/** Text with blanks in it, for example, would not come back as it was. */
function toJson(text: string): JsonValue | undefined {
  try {
    // JSON.parse is typed as any; whatever JSON gives is a JsonValue.
    const value = JSON.parse(text) as JsonValue;
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

const toBoolean = (text: string): JsonValue | undefined =>
  text === "0" || text === "1" ? text === "1" : toNumber(text);

/** The value that a literal stands for in a column; undefined where the two do not go together. */
function toValue(text: string, type: ColumnType, isQuoted: boolean): JsonValue | undefined {
  switch (type.kind) {
    case "boolean":
      return toBoolean(text);
    case "smallint":
    case "integer":
    case "real":
    case "double":
      return toNumber(text);
    case "bigint":
      return toNumber(text) ?? text;
    case "decimal":
      return text;
    case "json":
      return isQuoted ? toJson(text) : undefined;
    case "raw":
      return isQuoted ? text : toNumber(text);
    default:
      return isQuoted ? text : undefined;
  }
}

/**
 * The default that the server gives as SQL.
 *
 * @param sql for example `'it''s'`, `5`, `current_timestamp()`
 */
export function parseDefault(sql: string, type: ColumnType): ColumnDefault | undefined {
  if (sql.toUpperCase() === "NULL") return undefined;
  const text = stripParentheses(sql);
  if (isNowExpression(text, type)) return { kind: "now" };
  const body = LITERAL.exec(text)?.[1];
  const isLiteral = body !== undefined || NUMBER.test(text);
  const value = isLiteral
    ? toValue(body === undefined ? text : unescapeText(body), type, body !== undefined)
    : undefined;
  return value === undefined ? { kind: "expression", sql: text } : { kind: "value", value };
}

/**
 * The default that a server gives as a bare value, MySQL for example.
 *
 * @param isExpression whether it says that it is none
 */
export function parseBareDefault(text: string, type: ColumnType, isExpression: boolean): ColumnDefault | undefined {
  if (isExpression) return isNowExpression(text, type) ? { kind: "now" } : { kind: "expression", sql: text };
  const value = toValue(text, type, !NUMBER.test(text)) ?? text;
  return { kind: "value", value };
}
