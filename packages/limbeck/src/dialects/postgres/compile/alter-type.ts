import type { ColumnType, ColumnTypeKind } from "../../../schema/model/column-type.ts";
import { quoteIdentifier } from "../quote.ts";
import { renderType } from "../types.ts";

const TEXT: readonly ColumnTypeKind[] = ["text", "varchar", "char"];
const WHOLE: readonly ColumnTypeKind[] = ["smallint", "integer", "bigint"];
const NUMBERS: readonly ColumnTypeKind[] = [...WHOLE, "decimal", "real", "double"];

/** Conversions that the server makes by itself where a value is assigned. https://www.postgresql.org/docs/current/typeconv-query.html */
function isAssignable(from: ColumnType, to: ColumnType): boolean {
  if (from.kind === to.kind && from.kind !== "raw") return true;
  // Every type becomes text.
  if (TEXT.includes(to.kind)) return true;
  if (NUMBERS.includes(from.kind) && NUMBERS.includes(to.kind)) return true;
  if (from.kind === "date") return to.kind === "timestamp";
  return from.kind === "timestamp" && ["date", "time"].includes(to.kind);
}

function convert(column: string, from: ColumnType, to: ColumnType): string {
  const type = renderType(to);
  // Between numbers and booleans there is a cast from and to integer only.
  if (to.kind === "boolean" && NUMBERS.includes(from.kind)) return `${column} <> 0`;
  if (from.kind === "boolean" && NUMBERS.includes(to.kind)) return `${column}::integer::${type}`;
  // A type of another making may know no cast but by way of text.
  if (from.kind === "raw" && to.kind === "raw") return `${column}::text::${type}`;
  return `${column}::${type}`;
}

/** The value of a column as one of another type. */
export function convertValue(name: string, from: ColumnType, to: ColumnType): string {
  const column = quoteIdentifier(name);
  return isAssignable(from, to) || renderType(from) === renderType(to) ? column : convert(column, from, to);
}

/**
 * ` USING ...`, or nothing where the server converts by itself: a cast that is written down cuts text that is too long, where the server would refuse it.
 */
export function renderUsing(name: string, from: ColumnType, to: ColumnType): string {
  if (isAssignable(from, to)) return "";
  return ` USING ${convert(quoteIdentifier(name), from, to)}`;
}
