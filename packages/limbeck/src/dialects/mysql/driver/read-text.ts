import type { Row } from "../../../dialect/connection.ts";

/** A value of a row that the query made sure is text; empty where there is no row. */
export function readText(row: Row | undefined, column: string): string {
  const value = row?.[column];
  return typeof value === "string" ? value : "";
}
