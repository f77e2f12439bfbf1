import type { ColumnType } from "../schema/model/column-type.ts";

/** How many decimal digits floating point numbers are sure to keep. */
export const FLOATING_DIGITS = { real: 6, double: 15 } as const;

/** What has more digits than a floating point number of the new type keeps. */
const TOO_LONG: Readonly<Record<keyof typeof FLOATING_DIGITS, readonly ColumnType["kind"][]>> = {
  real: ["integer", "bigint", "decimal", "double"],
  double: ["bigint", "decimal"],
};

export const isFractionType = ({ kind }: ColumnType): boolean =>
  kind === "decimal" || kind === "real" || kind === "double";

export const isIntegerType = ({ kind }: ColumnType): boolean =>
  kind === "smallint" || kind === "integer" || kind === "bigint";

export const isTextType = ({ kind }: ColumnType): boolean => kind === "text" || kind === "varchar" || kind === "char";

/**
 * Which digits a change of type rounds away, on engines where a value that does not fit stops the change; undefined when none.
 *
 * @param isWhole whether the new type takes no fractions
 */
export function describeLostDigits(
  from: ColumnType,
  to: ColumnType,
  isWhole: (type: ColumnType) => boolean = isIntegerType,
): string | undefined {
  const isCut = isWhole(to) || (to.kind === "decimal" && (from.kind !== "decimal" || to.scale < from.scale));
  if (isFractionType(from) && isCut) return "digits after the point";
  if (to.kind !== "real" && to.kind !== "double") return undefined;
  return TOO_LONG[to.kind].includes(from.kind) ? `digits beyond the ${FLOATING_DIGITS[to.kind]}th` : undefined;
}
