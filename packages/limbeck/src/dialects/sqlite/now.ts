import type { ColumnType } from "../../schema/model/column-type.ts";

/** The clock in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export const NOW_WITH_TIME_ZONE: string = "strftime('%Y-%m-%dT%H:%M:%fZ','now')";

/** The clock in UTC with milliseconds, in the form of SQLite's own functions. */
export const NOW_WITHOUT_TIME_ZONE: string = "strftime('%Y-%m-%d %H:%M:%f','now')";

/** Today in UTC. */
const NOW_DATE = "date('now')";

/** The time of day in UTC. */
const NOW_TIME = "time('now')";

/**
 * The expression behind `{ kind: "now" }`: the database's clock in the type of the column, without parentheses.
 * SQLite's CURRENT_TIMESTAMP is not used because it has no milliseconds and no zone, so it would not sort with
 * the values that an application writes.
 *
 * @returns undefined for types that cannot hold a clock reading
 */
export function findNowExpression(type: ColumnType): string | undefined {
  switch (type.kind) {
    case "timestamp":
      return type.timezone ? NOW_WITH_TIME_ZONE : NOW_WITHOUT_TIME_ZONE;
    case "date":
      return NOW_DATE;
    case "time":
      return NOW_TIME;
    case "text":
    case "varchar":
    case "char":
    case "raw":
      return NOW_WITH_TIME_ZONE;
    default:
      return undefined;
  }
}
