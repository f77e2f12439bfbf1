import type { ColumnType } from "../../schema/model/column-type.ts";

const DIGITS = { real: 6, double: 15 } as const;

const isFraction = ({ kind }: ColumnType): boolean => kind === "decimal" || kind === "real" || kind === "double";
const isWhole = ({ kind }: ColumnType): boolean => kind === "smallint" || kind === "integer" || kind === "bigint";
const isText = ({ kind }: ColumnType): boolean => kind === "text" || kind === "varchar" || kind === "char";

function losesFraction(from: ColumnType, to: ColumnType): boolean {
  if (!isFraction(from)) return false;
  if (isWhole(to)) return true;
  return to.kind === "decimal" && (from.kind !== "decimal" || to.scale < from.scale);
}

/** What has more digits than a floating point number of the new type keeps. */
const TOO_LONG: Readonly<Record<keyof typeof DIGITS, readonly ColumnType["kind"][]>> = {
  real: ["integer", "bigint", "decimal", "double"],
  double: ["bigint", "decimal"],
};

function describeDigits(from: ColumnType, to: ColumnType): string | undefined {
  if (losesFraction(from, to)) return "digits after the point";
  if (to.kind !== "real" && to.kind !== "double") return undefined;
  return TOO_LONG[to.kind].includes(from.kind) ? `digits beyond the ${DIGITS[to.kind]}th` : undefined;
}

/**
 * Which values a change of type loses. A value that does not fit stops the change, so that only what PostgreSQL rounds, cuts or reads anew is lost.
 * https://www.postgresql.org/docs/current/sql-altertable.html
 */
export function describeNarrowing(from: ColumnType, to: ColumnType): string | undefined {
  if (from.kind === "timestamp" && to.kind === "date") return "the time of day";
  if (from.kind === "timestamp" && to.kind === "time") return "the date";
  if (to.kind === "boolean" && isWhole(from)) return "which number it was, other than 0 and 1";
  if (isText(from) && (isWhole(to) || isFraction(to))) return "how numbers are written (leading zeros, for example)";
  if (isText(from) && to.kind === "json") return "how it is written (blanks, the order of keys)";
  return describeDigits(from, to);
}
