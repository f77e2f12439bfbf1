import type { Affinity } from "../affinity.ts";

/** A double holds this many decimal digits exactly. */
const EXACT_DIGITS = 15;

/**
 * A numeric literal as a number, when writing that number again would store the same: neither digits nor the difference
 * between an integer and a real get lost.
 *
 * @param literal with or without a sign in front: `-1_000`, `0x1F`, `2.50`, `1e3`
 * @param affinity of the column, which may turn reals into integers anyway
 */
export function parseNumberLiteral(literal: string, affinity: Affinity): number | undefined {
  const text = literal.replaceAll("_", "").replace(/^\+/, "");
  const isNegative = text.startsWith("-");
  const digits = isNegative ? text.slice(1) : text;
  const number = Number(digits);
  const isInteger = /^(?:\d+|0[xX][0-9A-Fa-f]+)$/.test(digits);
  if (!(isInteger ? Number.isSafeInteger(number) : isExactReal(digits, number, affinity))) return undefined;
  // Minus zero is no integer, and JSON has no minus zero.
  return isNegative && number !== 0 ? -number : number;
}

function isExactReal(digits: string, number: number, affinity: Affinity): boolean {
  if (!Number.isFinite(number) || number === 0) return false;
  // 1.0 would be written as 1, which is another value in a column that keeps what it is given.
  if (Number.isInteger(number) && (affinity === "text" || affinity === "blob")) return false;
  const significant = digits
    .replace(/[eE].*$/, "")
    .replace(".", "")
    .replace(/^0+/, "");
  return significant.length <= EXACT_DIGITS || String(number) === digits;
}
