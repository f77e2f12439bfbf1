import { describeLostDigits, isFractionType, isIntegerType, isTextType } from "../../dialect/describe-digits.ts";
import type { ColumnType } from "../../schema/model/column-type.ts";

/**
 * Which values a change of type loses. A value that does not fit stops the change, so that only what PostgreSQL rounds, cuts or reads anew is lost.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export function describeNarrowing(from: ColumnType, to: ColumnType): string | undefined {
  if (from.kind === "timestamp" && to.kind === "date") return "the time of day";
  if (from.kind === "timestamp" && to.kind === "time") return "the date";
  if (to.kind === "boolean" && isIntegerType(from)) return "which number it was, other than 0 and 1";
  if (isTextType(from) && (isIntegerType(to) || isFractionType(to)))
    return "how numbers are written (leading zeros, for example)";
  if (isTextType(from) && to.kind === "json") return "how it is written (blanks, the order of keys)";
  return describeLostDigits(from, to);
}
