import type { ColumnType } from "../../schema/model/column-type.ts";
import { findAffinity } from "./affinity.ts";
import { renderType } from "./types.ts";

const isText = (type: ColumnType): boolean =>
  ["text", "varchar", "char"].includes(type.kind) || (type.kind === "raw" && findAffinity(type.sql) === "text");

const isNumber = (type: ColumnType): boolean =>
  ["integer", "real", "numeric"].includes(findAffinity(renderType(type))) &&
  !["boolean", "date", "time", "timestamp", "json", "uuid", "raw"].includes(type.kind);

/**
 * Which values a change of type loses. SQLite enforces neither lengths nor precisions, and values that do not fit a type at all
 * stop the rebuild, so little is left.
 */
export function describeNarrowing(from: ColumnType, to: ColumnType): string | undefined {
  if (from.kind === "timestamp" && to.kind === "date") return "the time of day";
  if (from.kind === "timestamp" && to.kind === "time") return "the date";
  return isText(from) && isNumber(to) ? "how numbers are written (leading zeros, for example)" : undefined;
}
