import { findOverflow, isWhole } from "../../dialect/whole-numbers.ts";
import type { ColumnType } from "../../schema/model/column-type.ts";

const isText = ({ kind }: ColumnType): boolean => kind === "text" || kind === "varchar" || kind === "char";

const lengthOf = (type: ColumnType): number =>
  type.kind === "varchar" || type.kind === "char" ? type.length : Infinity;

const HEX = "[0-9a-f]";

/** How texts are written that a cast reads, as far as a pattern can tell. https://www.postgresql.org/docs/current/datatype.html */
const PATTERNS: Partial<Record<ColumnType["kind"], string>> = {
  uuid: String.raw`^\s*\{?${HEX}{8}-?${HEX}{4}-?${HEX}{4}-?${HEX}{4}-?${HEX}{12}\}?\s*$`,
  boolean: String.raw`^\s*(t|tr|tru|true|y|ye|yes|on|1|f|fa|fal|fals|false|n|no|of|off|0)\s*$`,
  decimal: String.raw`^\s*([-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?|nan|[-+]?inf(inity)?)\s*$`,
};

function findBadText(column: string, to: ColumnType): string {
  const kind = to.kind === "real" || to.kind === "double" ? "decimal" : to.kind;
  const pattern = isWhole(to) ? String.raw`^\s*[-+]?\d+\s*$` : PATTERNS[kind];
  // What is a date, or JSON, only the server can tell, and only by failing.
  return pattern === undefined ? "" : `${column} !~* '${pattern}'`;
}

/**
 * The values that stop a change of type, as a condition on a column; empty where there may be some that no condition finds, undefined where there are none.
 *
 * @param column quoted
 */
export function findMisfit(column: string, from: ColumnType, to: ColumnType): string | undefined {
  if (isText(to)) return lengthOf(to) < lengthOf(from) ? `char_length(${column}::text) > ${lengthOf(to)}` : undefined;
  if (isText(from) && to.kind !== "bytes") return findBadText(column, to);
  if (to.kind === "decimal" && (isWhole(from) || from.kind === "decimal")) {
    const [digits, scale] = [to.precision - to.scale, from.kind === "decimal" ? from.precision - from.scale : 19];
    return digits < scale ? `abs(round(${column}, ${to.scale})) >= 10::numeric ^ ${digits}` : undefined;
  }
  return findOverflow(column, from, to);
}
