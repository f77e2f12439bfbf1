import type { ColumnType } from "../../schema/model/column-type.ts";

const ISO = "concat(left(date_format(utc_timestamp(3),'%Y-%m-%dT%H:%i:%s.%f'),23),'Z')";

/** `current_timestamp(3)` for `datetime(3)`: the server wants as many digits as the type has. */
function clockOf(sql: string): string {
  const digits = /^(?:datetime|timestamp)\((\d)\)/i.exec(sql)?.[1] ?? "";
  return `current_timestamp(${digits})`;
}

/**
 * The expression behind `{ kind: "now" }`, as the server spells it: the database's clock in the type of the column. What has no zone holds UTC, whatever the
 * zone of the session that inserts.
 *
 * @returns undefined for types that cannot hold a clock reading
 */
export function findNowExpression(type: ColumnType): string | undefined {
  switch (type.kind) {
    case "date":
      return "utc_date()";
    case "time":
      return "utc_time(6)";
    case "timestamp":
      return type.timezone ? "current_timestamp(6)" : "utc_timestamp(6)";
    case "text":
    case "varchar":
    case "char":
      return ISO;
    case "raw":
      return clockOf(type.sql);
    default:
      return undefined;
  }
}

/** Whether the server's own spelling of a default is {@link findNowExpression}. */
export function isNowExpression(sql: string, type: ColumnType): boolean {
  const expression = findNowExpression(type);
  // MySQL leaves empty parentheses out, and writes capitals.
  const spell = (text: string): string => text.toLowerCase().replace(/^current_timestamp$/, "current_timestamp()");
  return expression !== undefined && spell(sql) === spell(expression);
}

/** What the server takes as a default without parentheses around it. */
export function isClock(sql: string): boolean {
  return /^(?:current_timestamp|now)(?:\(\d?\))?$/i.test(sql);
}
