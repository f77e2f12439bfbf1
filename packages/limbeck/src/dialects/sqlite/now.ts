import type { ColumnType } from "../../schema/model/column-type.ts";

/** How moments are written, with or without a time zone: as a bound Date is, because SQLite compares them as text. */
export const TIMESTAMP_FORMAT: string = "%Y-%m-%dT%H:%M:%fZ";

/** The clock in UTC with milliseconds. */
const NOW_TIMESTAMP: string = `strftime('${TIMESTAMP_FORMAT}','now')`;

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
    case "date":
      return NOW_DATE;
    case "time":
      return NOW_TIME;
    case "timestamp":
    case "text":
    case "varchar":
    case "char":
    case "raw":
      return NOW_TIMESTAMP;
    default:
      return undefined;
  }
}
