import type { Row } from "../dialect/connection.ts";
import type { SqlValue } from "../ops/operation.ts";

function describeValue(value: SqlValue | undefined): string {
  if (typeof value === "string") return value;
  return typeof value === "bigint" ? value.toString() : (JSON.stringify(value) ?? "");
}

/** A row as text for people, for example `table todos, rows 3`. */
export function describeRow(row: Row): string {
  return Object.entries(row)
    .map(([name, value]) => `${name} ${describeValue(value)}`)
    .join(", ");
}
