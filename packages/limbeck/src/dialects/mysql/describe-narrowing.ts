import { describeLostDigits, isFractionType, isIntegerType, isTextType } from "../../dialect/describe-digits.ts";
import type { ColumnType } from "../../schema/model/column-type.ts";

/** A boolean is a small number. */
const isWhole = (type: ColumnType): boolean => isIntegerType(type) || type.kind === "boolean";

/**
 * Which values a change of type loses. A value that does not fit stops the change in the strict mode of every session here, so that only what the server rounds,
 * cuts or reads anew is lost. https://mariadb.com/kb/en/sql-mode/#strict-mode
 */
export function describeNarrowing(from: ColumnType, to: ColumnType): string | undefined {
  if (from.kind === "timestamp" && to.kind === "date") return "the time of day";
  if (from.kind === "timestamp" && to.kind === "time") return "the date";
  if (to.kind === "char" && (from.kind === "text" || from.kind === "varchar")) return "blanks at the end";
  if (isTextType(from) && (isWhole(to) || isFractionType(to)))
    return "how numbers are written (leading zeros, for example)";
  return describeLostDigits(from, to, isWhole);
}
