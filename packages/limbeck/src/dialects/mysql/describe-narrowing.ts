import type { ColumnType } from "../../schema/model/column-type.ts";

const DIGITS = { real: 6, double: 15 } as const;

const isFraction = ({ kind }: ColumnType): boolean => kind === "decimal" || kind === "real" || kind === "double";
const isWhole = ({ kind }: ColumnType): boolean =>
  kind === "smallint" || kind === "integer" || kind === "bigint" || kind === "boolean";
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
 * Which values a change of type loses. A value that does not fit stops the change in the strict mode of every session here, so that only what the server rounds,
 * cuts or reads anew is lost. https://mariadb.com/kb/en/sql-mode/#strict-mode
 */
export function describeNarrowing(from: ColumnType, to: ColumnType): string | undefined {
  if (from.kind === "timestamp" && to.kind === "date") return "the time of day";
  if (from.kind === "timestamp" && to.kind === "time") return "the date";
  if (to.kind === "char" && (from.kind === "text" || from.kind === "varchar")) return "blanks at the end";
  if (isText(from) && (isWhole(to) || isFraction(to))) return "how numbers are written (leading zeros, for example)";
  return describeDigits(from, to);
}
