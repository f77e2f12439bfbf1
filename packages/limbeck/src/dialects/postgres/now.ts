import type { ColumnType } from "../../schema/model/column-type.ts";

/** The wall clock in UTC: what a `timestamp` without a zone holds here, whatever the zone of the session that inserts. */
const UTC = "(now() AT TIME ZONE 'utc')";

const ISO_FORMAT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/**
 * The expression behind `{ kind: "now" }`: the database's clock in the type of the column.
 *
 * @returns undefined for types that cannot hold a clock reading
 */
export function findNowExpression(type: ColumnType): string | undefined {
  switch (type.kind) {
    case "date":
      return `${UTC}::date`;
    case "time":
      return `${UTC}::time`;
    case "timestamp":
      return type.timezone ? "now()" : UTC;
    case "text":
    case "varchar":
    case "char":
      return `to_char(${UTC}, ${ISO_FORMAT})`;
    case "raw":
      return "now()";
    default:
      return undefined;
  }
}

const DEPARSED_UTC = "(now() AT TIME ZONE 'utc'::text)";

/**
 * Whether the server's own spelling of a default is what {@link findNowExpression} becomes.
 *
 * @param sql as `pg_get_expr` gives it
 */
export function isNowExpression(sql: string, type: ColumnType): boolean {
  switch (type.kind) {
    case "date":
      return sql === `(${DEPARSED_UTC})::date`;
    case "time":
      return sql === `(${DEPARSED_UTC})::time without time zone`;
    case "timestamp":
      return sql === (type.timezone ? "now()" : DEPARSED_UTC);
    case "text":
    case "varchar":
    case "char":
      return sql === `to_char(${DEPARSED_UTC}, ${ISO_FORMAT}::text)`;
    case "raw":
      return sql === "now()";
    default:
      return false;
  }
}
