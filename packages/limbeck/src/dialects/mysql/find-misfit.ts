import { findOverflow, isWhole } from "../../dialect/whole-numbers.ts";
import type { ColumnType } from "../../schema/model/column-type.ts";

const isText = ({ kind }: ColumnType): boolean => kind === "text" || kind === "varchar" || kind === "char";

const lengthOf = (type: ColumnType): number =>
  type.kind === "varchar" || type.kind === "char" ? type.length : Infinity;

const HEX = "[0-9a-f]";

/** How texts are written that the server reads as a value of the type, as far as a pattern can tell; backslashes of MySQL's texts are avoided. */
const PATTERNS: Partial<Record<ColumnType["kind"], string>> = {
  uuid: `^${HEX}{8}-?${HEX}{4}-?${HEX}{4}-?${HEX}{4}-?${HEX}{12}$`,
  decimal: "^ *[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)(e[-+]?[0-9]+)? *$",
};

function findBadText(column: string, to: ColumnType): string {
  if (to.kind === "json") return `NOT json_valid(${column})`;
  const isNumber = isWhole(to) || to.kind === "real" || to.kind === "double" || to.kind === "boolean";
  const pattern = isNumber ? PATTERNS.decimal : PATTERNS[to.kind];
  return pattern === undefined ? "" : `${column} NOT REGEXP '${pattern}'`;
}

/**
 * The values that stop a change of type in strict mode, as a condition on a column; empty where there may be some that no condition finds, undefined where there
 * are none.
 *
 * @param column quoted
 */
export function findMisfit(column: string, from: ColumnType, to: ColumnType): string | undefined {
  if (isText(to)) return lengthOf(to) < lengthOf(from) ? `char_length(${column}) > ${lengthOf(to)}` : undefined;
  if (isText(from) && to.kind !== "bytes") return findBadText(column, to);
  if (to.kind === "decimal" && (isWhole(from) || from.kind === "decimal")) {
    const [digits, scale] = [to.precision - to.scale, from.kind === "decimal" ? from.precision - from.scale : 19];
    return digits < scale ? `abs(round(${column}, ${to.scale})) >= pow(10, ${digits})` : undefined;
  }
  return findOverflow(column, from, to);
}
