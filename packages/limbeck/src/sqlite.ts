/**
 * `limbeck/sqlite`: connections to SQLite whose values are written and read as the models say.
 *
 * @module
 */
import type { Connection } from "./dialect/connection.ts";
import type { ConnectOptions, DatabaseTarget } from "./dialect/dialect.ts";
import { sqlite } from "./dialects/sqlite/index.ts";

export type { Connection, Row } from "./dialect/connection.ts";
export type { ConnectOptions, DatabaseTarget } from "./dialect/dialect.ts";
export type {
  SqliteCheckOptions,
  SqliteColumnOptions,
  SqlitePrimaryKeyOptions,
  SqliteTableOptions,
  SqliteUniqueOptions,
} from "./dialects/sqlite/options.ts";

/**
 * Opens a SQLite database, or takes one that is open.
 *
 * @param database a URL, for example `sqlite:todo.db` or `sqlite::memory:`, in which a relative path starts at the working folder; or an open
 * database object of node:sqlite, better-sqlite3 or libsql, which stays open when the connection is closed
 * @param options `driver` is the package to open it with: `node:sqlite`, which is the default, `better-sqlite3` or `libsql`
 * @throws ConnectionError when the file cannot be opened or is not a database, or the driver is not installed
 *
 * @example
 * const connection = await openSqlite("sqlite:todo.db");
 * await connection.execute("UPDATE todos SET deleted_at = ? WHERE id = ?", [new Date(), 1]);
 */
export function openSqlite(database: DatabaseTarget, options: ConnectOptions = {}): Promise<Connection> {
  return sqlite.connect(database, options);
}
