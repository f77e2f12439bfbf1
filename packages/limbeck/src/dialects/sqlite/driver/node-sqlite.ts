import { rmSync } from "node:fs";
import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Connection } from "../../../dialect/connection.ts";
import type { ConnectOptions } from "../../../dialect/dialect.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { describeDatabaseError, findResultCode, RESULT_CODES } from "../database-errors.ts";
import { checkPath } from "./check-path.ts";
import { loadNodeSqlite } from "./load-node-sqlite.ts";
import { NodeSqliteConnection } from "./node-sqlite-connection.ts";
import { IN_MEMORY, parseUrl } from "./parse-url.ts";

const DEFAULT_BUSY_TIMEOUT = 5000;

/** The files that SQLite keeps for one database. https://www.sqlite.org/tempfiles.html */
const DATABASE_FILES = ["", "-journal", "-wal", "-shm"] as const;

/**
 * Opens the database behind a URL with `node:sqlite`; creates the file when it is missing, unless `readOnly` is set.
 *
 * @throws ConnectionError when the URL, the path or the file is not usable; {@link parseUrl} says which URLs there are
 */
export async function connect(url: string, options: ConnectOptions = {}): Promise<Connection> {
  return openConnection(parseUrl(url), options);
}

/** An empty database in memory, gone when it is closed. */
export async function openScratch(): Promise<Connection> {
  return openConnection(IN_MEMORY, {});
}

/**
 * Removes the database file behind a URL and the journals beside it; does nothing when there is none. The lock file
 * stays, because the caller holds it.
 */
export async function eraseDatabase(url: string): Promise<void> {
  const path = parseUrl(url);
  if (path === IN_MEMORY) return;
  for (const suffix of DATABASE_FILES) rmSync(`${path}${suffix}`, { force: true });
}

function openConnection(path: string, options: ConnectOptions): Connection {
  if (path !== IN_MEMORY) checkPath(path, options.readOnly ?? false);
  const database = openDatabase(path, options);
  try {
    // SQLite opens lazily: only reading the header shows whether the file is a database at all.
    database.exec("PRAGMA schema_version");
    return new NodeSqliteConnection(database, path);
  } catch (error) {
    database.close();
    throw explainOpening(path, error);
  }
}

function openDatabase(path: string, options: ConnectOptions): DatabaseSync {
  const { DatabaseSync } = loadNodeSqlite();
  try {
    // An absolute path: SQLite would read a name that begins with "file:" as a URI of its own.
    return new DatabaseSync(path === IN_MEMORY ? path : resolve(path), {
      readOnly: options.readOnly ?? false,
      timeout: options.busyTimeout ?? DEFAULT_BUSY_TIMEOUT,
    });
  } catch (error) {
    throw explainOpening(path, error);
  }
}

function explainOpening(path: string, error: unknown): unknown {
  switch (findResultCode(error)) {
    case RESULT_CODES.notADatabase:
      return connectionErrors.notADatabase({ path }, error);
    case RESULT_CODES.busy:
      return connectionErrors.databaseBusy({ path }, error);
    case undefined:
      return error;
    default:
      return connectionErrors.cannotOpen({ path, message: describeDatabaseError(error) }, error);
  }
}
