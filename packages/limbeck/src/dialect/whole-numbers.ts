import type { ColumnType, ColumnTypeKind } from "../schema/model/column-type.ts";

/** The least and the greatest number of each type of whole numbers, from the narrowest type to the widest. */
const RANGES: ReadonlyMap<ColumnTypeKind, readonly [least: string, greatest: string]> = new Map([
  ["smallint", ["-32768", "32767"]],
  ["integer", ["-2147483648", "2147483647"]],
  ["bigint", ["-9223372036854775808", "9223372036854775807"]],
]);

const WIDTHS: readonly ColumnTypeKind[] = [...RANGES.keys()];

/** Whether a type holds whole numbers. */
export const isWhole = ({ kind }: ColumnType): boolean => RANGES.has(kind);

/** Where numbers do not fit a type of whole numbers any more, as a condition on them; undefined where all of another such type do. */
export function findOverflow(column: string, from: ColumnType, to: ColumnType): string | undefined {
  const [least, greatest] = RANGES.get(to.kind) ?? [];
  if (least === undefined || !isWhole(from)) return undefined;
  const isNarrower = WIDTHS.indexOf(to.kind) < WIDTHS.indexOf(from.kind);
  return isNarrower ? `${column} NOT BETWEEN ${least} AND ${greatest}` : undefined;
}
