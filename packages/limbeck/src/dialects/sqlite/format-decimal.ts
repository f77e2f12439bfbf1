import type { ColumnTypeOf } from "../../schema/model/column-type.ts";
import type { StoredValue } from "./stored-value.ts";

const PLAIN_DECIMAL = /^-?(\d+)(?:\.(\d+))?$/;

/**
 * A stored number as decimal text with all digits of its scale: 12.5 of DECIMAL(10,2) is "12.50".
 *
 * @returns undefined for what is no number, and for a double with more digits than the type has
 */
export function formatDecimal(value: StoredValue, type: ColumnTypeOf<"decimal">): string | undefined {
  if (typeof value === "bigint") return pad(String(value), type.scale);
  if (typeof value === "string") return pad(value, type.scale);
  if (typeof value === "number") return formatDouble(value, type);
  return undefined;
}

function formatDouble(value: number, { precision, scale }: ColumnTypeOf<"decimal">): string | undefined {
  // A double holds 15 decimal digits exactly; those after are noise of the binary form, as in 0.1 + 0.2.
  const rounded = Number(value.toPrecision(15));
  const text = rounded.toFixed(Math.min(scale, 100));
  const whole = PLAIN_DECIMAL.exec(text)?.[1];
  if (whole === undefined || Number(text) !== rounded) return undefined;
  return whole.replace(/^0+/, "").length <= precision - scale ? text : undefined;
}

function pad(text: string, scale: number): string | undefined {
  const match = PLAIN_DECIMAL.exec(text);
  if (match === null) return undefined;
  const fraction = match[2] ?? "";
  if (fraction.length >= scale) return text;
  return `${text}${fraction === "" ? "." : ""}${"0".repeat(scale - fraction.length)}`;
}
