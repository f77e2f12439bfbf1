import type { ColumnType } from "../model/column-type.ts";
import type { JsonValue } from "../model/json.ts";
import { ColumnBuilder } from "./column-builder.ts";
import { listOptions, refuseUnknownOptions } from "./refuse-unknown-options.ts";
import { requireText, requireWhole } from "./require-argument.ts";

const TIMESTAMP_OPTIONS = listOptions<{ readonly timezone?: boolean }>({ timezone: true });

const LENGTH = "how many characters there may be, as in varchar(255)";

function column<Value>(type: ColumnType): ColumnBuilder<Value> {
  return new ColumnBuilder({
    type,
    nullable: true,
    primaryKey: false,
    autoIncrement: false,
    unique: false,
    checks: [],
  });
}

/** Text of any length; read as `string`. */
export function text(): ColumnBuilder<string> {
  return column({ kind: "text" });
}

/** Text of at most `length` characters; read as `string`. */
export function varchar(length: number): ColumnBuilder<string> {
  requireWhole("varchar", length, LENGTH);
  return column({ kind: "varchar", length });
}

/** Text of exactly `length` characters, padded by engines that pad; read as `string`. */
export function char(length: number): ColumnBuilder<string> {
  requireWhole("char", length, LENGTH);
  return column({ kind: "char", length });
}

/** Whole number of two bytes; read as `number`. */
export function smallint(): ColumnBuilder<number> {
  return column({ kind: "smallint" });
}

/** Whole number of four bytes; read as `number`. */
export function integer(): ColumnBuilder<number> {
  return column({ kind: "integer" });
}

/** Whole number of eight bytes; read as `bigint`, because a `number` would round it. */
export function bigint(): ColumnBuilder<bigint> {
  return column({ kind: "bigint" });
}

/** Floating-point number of four bytes; read as `number`. */
export function real(): ColumnBuilder<number> {
  return column({ kind: "real" });
}

/** Floating-point number of eight bytes; read as `number`. */
export function double(): ColumnBuilder<number> {
  return column({ kind: "double" });
}

/**
 * Exact decimal number; read as `string`, because a `number` would round it.
 *
 * @param precision significant digits in all
 * @param scale digits after the point; default 0
 */
export function decimal(precision: number, scale = 0): ColumnBuilder<string> {
  for (const digits of [precision, scale])
    requireWhole("decimal", digits, "how many digits there are, and how many behind the point, as in decimal(10, 2)");
  return column({ kind: "decimal", precision, scale });
}

/** True or false; read as `boolean` on every engine. */
export function boolean(): ColumnBuilder<boolean> {
  return column({ kind: "boolean" });
}

/** Calendar day without a time; read as `string`, `YYYY-MM-DD`. */
export function date(): ColumnBuilder<string> {
  return column({ kind: "date" });
}

/** Time of day without a day; read as `string`, `HH:MM:SS`. */
export function time(): ColumnBuilder<string> {
  return column({ kind: "time" });
}

/**
 * Point in time; read as `Date`.
 *
 * @param options `timezone: true` keeps the instant; `false`, the default, keeps what the clock showed, read as UTC
 */
export function timestamp(options: { readonly timezone?: boolean } = {}): ColumnBuilder<Date> {
  refuseUnknownOptions("timestamp", options, TIMESTAMP_OPTIONS);
  return column({ kind: "timestamp", timezone: options.timezone ?? false });
}

/** JSON document; read as the parsed value, `T` where you know its shape. */
export function json<T = JsonValue>(): ColumnBuilder<T> {
  return column({ kind: "json" });
}

/** Universally unique identifier; read as `string`. */
export function uuid(): ColumnBuilder<string> {
  return column({ kind: "uuid" });
}

/** Binary data; read as `Uint8Array`. */
export function bytes(): ColumnBuilder<Uint8Array> {
  return column({ kind: "bytes" });
}

/**
 * A type in the engine's own words; read as the driver gives it, `T` where you know it.
 *
 * @example
 * const location = raw<string>("POINT");
 */
export function raw<T = unknown>(sql: string): ColumnBuilder<T> {
  requireText("raw", sql, "a type in the words of the engine");
  return column({ kind: "raw", sql });
}
