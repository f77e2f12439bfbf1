import type { ColumnType } from "../../schema/model/column-type.ts";
import { isNoPlainInteger, isNoPlainReal, isRewrittenAsNumber } from "./compile/value-conditions.ts";
import { classifyType, type ValueClass } from "./value-class.ts";

const NUMBERS: readonly ValueClass[] = ["integer", "real", "decimal"];

/** Classes whose columns may hold numbers written in any way. */
const WRITTEN: readonly ValueClass[] = ["text", "exactDecimal", "json", "bytes", "any"];

/** Classes that make one of numbers, text and bytes, or of two of them. */
const SORTED: readonly ValueClass[] = ["text", "exactDecimal", "boolean", "json", "numeric", "bytes"];

const HOW_WRITTEN = "how numbers are written (leading zeros, for example)";

const WHICH_KIND = "which values are numbers, text or bytes";

/** The class of a type as it is named in most tables; ANY is for STRICT tables. */
const classify = (type: ColumnType): ValueClass =>
  classifyType(type, type.kind === "raw" && type.sql.trim().toUpperCase() === "ANY");

/** Columns of bytes and those without a type hold numbers, text and bytes side by side, as they come; where the way back makes one kind of them, it shows. */
function losesKinds(source: ValueClass, target: ValueClass): boolean {
  if (source === "bytes") return target !== "bytes" && target !== "any";
  return source === "any" ? SORTED.includes(target) : source === "numeric" && target === "bytes";
}

/**
 * What a change of type loses, there or on the way back. SQLite enforces neither lengths nor precisions, and values that do not fit a
 * type at all stop the rebuild, so little is left.
 */
export function describeNarrowing(from: ColumnType, to: ColumnType): string | undefined {
  const source = classify(from);
  const target = classify(to);
  if (source === "timestamp" && target === "date") return "the time of day";
  if (source === "timestamp" && target === "time") return "the date and digits beyond milliseconds";
  const losses = [
    ...(WRITTEN.includes(source) && NUMBERS.includes(target) ? [HOW_WRITTEN] : []),
    ...(losesKinds(source, target) ? [WHICH_KIND] : []),
  ];
  return losses.length === 0 ? undefined : losses.join(" and ");
}

/** Text that the way back from a number would write in another way. */
const REWRITTEN: { readonly [Kind in ValueClass]?: (column: string) => string } = {
  integer: isNoPlainInteger,
  real: isNoPlainReal,
  decimal: isRewrittenAsNumber,
};

/** The values that a change of type may lose something of, as a condition on a quoted column; undefined where it may be any. */
export function findNarrowed(column: string, from: ColumnType, to: ColumnType): string | undefined {
  const isWritten = classify(from) === "text" || classify(from) === "exactDecimal";
  const isAll = !isWritten || describeNarrowing(from, to) !== HOW_WRITTEN;
  return isAll ? undefined : REWRITTEN[classify(to)]?.(column);
}
