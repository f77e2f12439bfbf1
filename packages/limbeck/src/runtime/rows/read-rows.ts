import type { Connection, Row } from "../../dialect/connection.ts";
import type { Dialect } from "../../dialect/dialect.ts";
import type { SqlValue } from "../../ops/operation.ts";
import type { Schema } from "../../schema/model/schema.ts";
import { findPrimaryKey, type Table } from "../../schema/model/table.ts";

/** The rows of one table at one moment, as text that compares; one string a row, because one a value takes far more memory. */
export interface TableRows {
  readonly columns: readonly string[];
  /** JSON lists of the values, in the order of the columns. */
  readonly rows: readonly string[];
  /** What tells the rows apart, row by row; undefined where the table has no primary key. */
  readonly keys: readonly string[] | undefined;
}

/** The rows of all tables at one moment, by table. */
export type RowSnapshot = ReadonlyMap<string, TableRows>;

/** A value as text, with its type: 1 is not "1". Numbers of all sizes compare. */
function writeValue(value: SqlValue | undefined): string {
  switch (typeof value) {
    case "string":
      return `'${value}`;
    case "bigint":
    case "number":
      return String(value);
    case "object":
      if (value === null) return "null";
      if (value instanceof Date) return `date ${value.getTime()}`;
      // Every byte has a letter of its own in this encoding.
      if (value instanceof Uint8Array) return `bytes ${new TextDecoder("latin1").decode(value)}`;
      return `json ${JSON.stringify(value)}`;
    default:
      return String(value);
  }
}

async function readTable(connection: Connection, dialect: Dialect, table: Table): Promise<TableRows> {
  // What is generated follows from the rest.
  const columns = table.columns.filter(({ generated }) => !generated).map(({ name }) => name);
  const list = columns.map((column) => dialect.quoteIdentifier(column)).join(", ");
  const found = await connection.query(`SELECT ${list} FROM ${dialect.quoteIdentifier(table.name)}`);
  const key = findPrimaryKey(table)?.columns;
  const write = (row: Row, names: readonly string[]): string =>
    JSON.stringify(names.map((name) => writeValue(row[name])));
  return {
    columns,
    rows: found.map((row) => write(row, columns)),
    keys: key?.every((name) => columns.includes(name)) ? found.map((row) => write(row, key)) : undefined,
  };
}

/** Reads the rows of all tables of a schema. */
export async function readRows(connection: Connection, dialect: Dialect, { tables }: Schema): Promise<RowSnapshot> {
  const snapshot = new Map<string, TableRows>();
  for (const table of tables) snapshot.set(table.name, await readTable(connection, dialect, table));
  return snapshot;
}
