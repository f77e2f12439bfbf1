import type { Row } from "../../dialect/connection.ts";
import type { SqlValue } from "../../ops/operation.ts";

/** What JSON has no word for, under keys that no other object has. */
const TAGS = {
  bigint: "$limbeck.bigint",
  number: "$limbeck.number",
  date: "$limbeck.date",
  bytes: "$limbeck.bytes",
} as const;

/** A value as JSON can hold it, with `Date.toJSON` out of the way. */
function encode(value: unknown): unknown {
  if (typeof value === "bigint") return { [TAGS.bigint]: value.toString() };
  // JSON makes null of an infinite number, and 0 of -0.
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0)))
    return { [TAGS.number]: Object.is(value, -0) ? "-0" : String(value) };
  if (value instanceof Date) return { [TAGS.date]: value.getTime() };
  if (value instanceof Uint8Array) return { [TAGS.bytes]: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, encode(one)]));
  return value;
}

function decode(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const [[tag, held] = ["", undefined], ...others] = Object.entries(value);
  if (others.length > 0) return value;
  if (tag === TAGS.bigint && typeof held === "string") return BigInt(held);
  if (tag === TAGS.number) return Number(held);
  if (tag === TAGS.date) return new Date(Number(held));
  if (tag === TAGS.bytes && typeof held === "string") return new Uint8Array(Buffer.from(held, "base64"));
  return value;
}

/** Plain data as text, from which {@link decodeData} makes the same data again. */
export function encodeData(data: unknown): string {
  return JSON.stringify(encode(data));
}

/** The data of a text that {@link encodeData} made. */
export function decodeData(text: string): unknown {
  return JSON.parse(text, decode);
}

/** Values as text, from which {@link decodeValues} makes the same values again. */
export function encodeValues(values: readonly SqlValue[] | readonly Row[]): string {
  return encodeData(values);
}

/** The values of a text that {@link encodeValues} made. */
export function decodeValues<Value extends SqlValue | Row>(text: string): readonly Value[] {
  // What was written were values; only this module writes such texts.
  return decodeData(text) as readonly Value[];
}
