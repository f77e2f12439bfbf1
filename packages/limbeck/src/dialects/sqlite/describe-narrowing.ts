import type { ColumnType } from "../../schema/model/column-type.ts";
import { classifyType, type ValueClass } from "./value-class.ts";

const NUMBERS: readonly ValueClass[] = ["integer", "real", "decimal"];

/** Classes whose columns may hold numbers written in any way. */
const WRITTEN: readonly ValueClass[] = ["text", "bytes", "any"];

/** Classes that keep numbers as numbers and text as text, or make one of the other. */
const SORTED: readonly ValueClass[] = ["text", "exactDecimal", "boolean", "json", "numeric"];

/** The class of a type as it is named in most tables; ANY is for STRICT tables. */
const classify = (type: ColumnType): ValueClass =>
  classifyType(type, type.kind === "raw" && type.sql.trim().toUpperCase() === "ANY");

/**
 * Which values a change of type loses. SQLite enforces neither lengths nor precisions, and values that do not fit a type at all
 * stop the rebuild, so little is left.
 */
export function describeNarrowing(from: ColumnType, to: ColumnType): string | undefined {
  const source = classify(from);
  const target = classify(to);
  if (source === "timestamp" && target === "date") return "the time of day";
  if (source === "timestamp" && target === "time") return "the date and digits beyond milliseconds";
  if (WRITTEN.includes(source) && NUMBERS.includes(target)) {
    return "how numbers are written (leading zeros, for example)";
  }
  return source === "any" && SORTED.includes(target) ? "which values are numbers and which are text" : undefined;
}
