import type { Row } from "../../dialect/connection.ts";
import type { Column } from "../../schema/model/column.ts";
import type { Table } from "../../schema/model/table.ts";
import type { HistoryDirection, HistoryEntry, HistoryEvent } from "./history-entry.ts";

// As many as a number of four bytes counts are enough, and SQLite needs no index beside the table for such a key.
const ID: Column["type"] = { kind: "integer" };
const NUMBER: Column["type"] = { kind: "bigint" };
const TEXT: Column["type"] = { kind: "text" };
const varchar = (length: number): Column["type"] => ({ kind: "varchar", length });

/** The columns by name; what an entry does not have is NULL. */
export const HISTORY_COLUMNS: Readonly<Record<string, Pick<Column, "type" | "nullable">>> = {
  id: { type: ID, nullable: false },
  run_id: { type: varchar(64), nullable: false },
  revision: { type: varchar(255), nullable: false },
  direction: { type: varchar(16), nullable: false },
  event: { type: varchar(16), nullable: false },
  call_number: { type: { kind: "integer" }, nullable: true },
  digest: { type: varchar(64), nullable: true },
  checksum: { type: varchar(64), nullable: true },
  recorded_at: { type: { kind: "timestamp", timezone: true }, nullable: false },
  milliseconds: { type: NUMBER, nullable: true },
  tool_version: { type: varchar(64), nullable: false },
  database_user: { type: varchar(255), nullable: true },
  session_id: { type: varchar(64), nullable: true },
  detail: { type: TEXT, nullable: true },
};

/** The journal as a table. */
export function describeHistoryTable(name: string): Table {
  return {
    name,
    columns: Object.entries(HISTORY_COLUMNS).map(([column, traits]) => ({ name: column, ...traits })),
    constraints: [{ kind: "primaryKey", name: `${name}_pkc`, columns: ["id"] }],
    indexes: [],
  };
}

/** The columns that are read. */
export const READ_COLUMNS: readonly string[] = [
  "id",
  "run_id",
  "revision",
  "direction",
  "event",
  "call_number",
  "digest",
  "checksum",
  "session_id",
  "detail",
];

/** Those of the end of a revision: how it is taken back may be long, and few want to know. */
export const OUTCOME_COLUMNS: readonly string[] = READ_COLUMNS.filter((column) => column !== "detail");

const textOf = (row: Row, column: string): string => {
  const value = row[column];
  return typeof value === "string" ? value : "";
};

/** A row as an entry. */
export const toEntry = (row: Row): HistoryEntry => ({
  id: Number(row["id"] ?? 0),
  run: textOf(row, "run_id"),
  revision: textOf(row, "revision"),
  // Only this file writes these columns.
  direction: textOf(row, "direction") as HistoryDirection,
  // As above.
  event: textOf(row, "event") as HistoryEvent,
  call: Number(row["call_number"] ?? 0),
  digest: textOf(row, "digest"),
  checksum: textOf(row, "checksum"),
  session: textOf(row, "session_id"),
  detail: textOf(row, "detail"),
});
