import type { ColumnType, ColumnTypeKind, ColumnTypeOf } from "../../schema/model/column-type.ts";
import { describeType } from "./describe-type.ts";

const INTEGERS: readonly ColumnTypeKind[] = ["smallint", "integer", "bigint"];
const FRACTIONS: readonly ColumnTypeKind[] = ["real", "double", "decimal"];
const CHARACTERS: readonly ColumnTypeKind[] = ["text", "varchar", "char"];

const findLength = (type: ColumnType): number => ("length" in type ? type.length : Infinity);

function narrowCharacters(from: ColumnType, to: ColumnType): string | undefined {
  return findLength(to) < findLength(from) ? `what is longer than ${findLength(to)} characters` : undefined;
}

function narrowDecimal(from: ColumnTypeOf<"decimal">, to: ColumnTypeOf<"decimal">): string | undefined {
  if (to.scale < from.scale) return `digits beyond the first ${to.scale} after the point`;
  if (to.precision - to.scale < from.precision - from.scale)
    return `numbers with more than ${to.precision - to.scale} digits before the point`;
  return undefined;
}

function narrowNumber(from: ColumnType, to: ColumnType): string | undefined {
  if (from.kind === "decimal" && to.kind === "decimal") return narrowDecimal(from, to);
  const isFromInteger = INTEGERS.includes(from.kind);
  if (INTEGERS.includes(to.kind)) {
    if (!isFromInteger) return "what stands after the decimal point";
    return INTEGERS.indexOf(to.kind) < INTEGERS.indexOf(from.kind)
      ? `numbers beyond the range of ${to.kind}`
      : undefined;
  }
  if (to.kind === "decimal") return `numbers that do not fit ${describeType(to)}`;
  if (to.kind === "real" && from.kind !== "smallint") return "digits beyond single precision";
  if (to.kind === "double" && (from.kind === "decimal" || from.kind === "bigint"))
    return "digits beyond double precision";
  return undefined;
}

function narrowTime(from: ColumnType, to: ColumnType): string | undefined {
  if (from.kind !== "timestamp") return undefined;
  if (to.kind === "date") return "the time of day";
  if (to.kind === "time") return "the date";
  return to.kind === "timestamp" && from.timezone && !to.timezone ? "the time zone" : undefined;
}

/**
 * Which values a change of type may cut or refuse, in words; engines differ in which of the two they do.
 *
 * @returns undefined when every value of the old type has its place in the new one
 */
export function describeNarrowing(from: ColumnType, to: ColumnType): string | undefined {
  if (describeType(from) === describeType(to)) return undefined;
  const isNumber = (kind: ColumnTypeKind): boolean => INTEGERS.includes(kind) || FRACTIONS.includes(kind);
  if (CHARACTERS.includes(to.kind)) return CHARACTERS.includes(from.kind) ? narrowCharacters(from, to) : undefined;
  if (isNumber(from.kind) && isNumber(to.kind)) return narrowNumber(from, to);
  if (from.kind === "boolean" && INTEGERS.includes(to.kind)) return undefined;
  if (from.kind === "date" && to.kind === "timestamp") return undefined;
  const isTime = from.kind === "timestamp" && ["date", "time", "timestamp"].includes(to.kind);
  if (isTime) return narrowTime(from, to);
  return `what is no ${describeType(to)}`;
}
