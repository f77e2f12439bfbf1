import type { Connection } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { Operation } from "../../ops/operation.ts";

const rowsOf = (rows: number, adjective: string, table: string): string =>
  `${rows.toLocaleString("en-US")} ${adjective} ${rows === 1 ? "row" : "rows"} of ${table}`;

/** What an operation parks, or brings back, counted and in words; undefined where that is nothing. */
export async function tellParking(
  connection: Connection,
  { quoteName, quoteIdentifier }: Dialect,
  operation: Operation,
): Promise<string | undefined> {
  if (operation.kind !== "enableSoftDelete" && operation.kind !== "disableSoftDelete") return undefined;
  const { table, column, parkedIn, isEmpty } = operation;
  if (isEmpty) return undefined;
  const isReturn = operation.kind === "enableSoftDelete";
  const source = isReturn ? quoteName(parkedIn) : `${quoteName(table)} WHERE ${quoteIdentifier(column)} IS NOT NULL`;
  const [row] = await connection.query(`SELECT count(*) AS n FROM ${source}`);
  const rows = Number(row?.["n"] ?? 0);
  if (rows === 0) return undefined;
  const they = rows === 1 ? "it" : "them";
  return isReturn
    ? `Brings back ${rowsOf(rows, "parked", table)} from ${parkedIn}, deleted as before.`
    : `Parks ${rowsOf(rows, "deleted", table)} in ${parkedIn}, from where enabling soft delete again brings ${they} back.`;
}
