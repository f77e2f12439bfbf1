/**
 * `limbeck/sqlite`: connections to SQLite whose values are written and read as the models say.
 *
 * @module
 */
import type { Connection } from "./dialect/connection.ts";
import type { ConnectOptions } from "./dialect/dialect.ts";
import { sqlite } from "./dialects/sqlite/index.ts";

export type { Connection, Row } from "./dialect/connection.ts";
export type { ConnectOptions } from "./dialect/dialect.ts";
export type {
  SqliteCheckOptions,
  SqliteColumnOptions,
  SqlitePrimaryKeyOptions,
  SqliteTableOptions,
  SqliteUniqueOptions,
} from "./dialects/sqlite/options.ts";

/**
 * Opens a SQLite database.
 *
 * @param url for example `sqlite:todo.db` or `sqlite::memory:`; a relative path starts at the working folder
 * @throws ConnectionError when the file cannot be opened or is not a database
 *
 * @example
 * const connection = await openSqlite("sqlite:todo.db");
 * await connection.execute("UPDATE todos SET deleted_at = ? WHERE id = ?", [new Date(), 1]);
 */
export function openSqlite(url: string, options: ConnectOptions = {}): Promise<Connection> {
  return sqlite.connect(url, options);
}
