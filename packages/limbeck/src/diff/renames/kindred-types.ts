import type { ColumnType, ColumnTypeKind } from "../../schema/model/column-type.ts";

/** What a type holds in the widest sense; `anything` where only the engine knows. */
export type TypeFamily = "text" | "number" | "time" | "bytes" | "anything";

const FAMILIES: Readonly<Record<ColumnTypeKind, TypeFamily>> = {
  text: "text",
  varchar: "text",
  char: "text",
  // What has no type of its own in an engine is kept as text.
  json: "text",
  uuid: "text",
  smallint: "number",
  integer: "number",
  bigint: "number",
  real: "number",
  double: "number",
  decimal: "number",
  boolean: "number",
  date: "time",
  time: "time",
  timestamp: "time",
  bytes: "bytes",
  raw: "anything",
};

/** The family that a type belongs to. */
export const familyOf = ({ kind }: ColumnType): TypeFamily => FAMILIES[kind];

/** Whether the values of one type may live on in another: a column that is renamed often gets a better type on the way. */
export function isKindred(a: ColumnType, b: ColumnType): boolean {
  const [left, right] = [familyOf(a), familyOf(b)];
  return left === right || left === "anything" || right === "anything";
}
