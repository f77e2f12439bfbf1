import { resolve } from "node:path";
import type { Connection } from "../../../dialect/connection.ts";
import type { ConnectOptions, DatabaseTarget } from "../../../dialect/dialect.ts";
import { waitFor } from "../../../dialect/wait-for.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { lockErrors } from "../../../kernel/errors/lock-errors.ts";
import { LimbeckError } from "../../../kernel/errors/limbeck-error.ts";
import { describeDatabaseError, findResultCode, RESULT_CODES } from "../database-errors.ts";
import { borrowDatabase } from "./borrow-database.ts";
import { checkPath } from "./check-path.ts";
import type { DriverDatabase } from "./driver.ts";
import { useExisting } from "./existing-database.ts";
import { findDriver } from "./find-driver.ts";
import { IN_MEMORY, parseUrl } from "./parse-url.ts";
import { readSetting } from "./read-setting.ts";
import { SqliteConnection } from "./sqlite-connection.ts";

const DEFAULT_BUSY_TIMEOUT = 5000;

/**
 * Opens the database behind a URL; creates the file when it is missing, unless `readOnly` is set. A database that is open already is used as it is,
 * and open afterwards.
 *
 * @throws ConnectionError when the URL, the path, the file, the driver or the open database is not usable
 */
export async function connect(target: DatabaseTarget, options: ConnectOptions = {}): Promise<Connection> {
  if (typeof target === "object") return connectToExisting(target, options);
  const path = parseUrl(target);
  return new SqliteConnection(await openDatabase(path, options), path);
}

function connectToExisting(value: object, { readOnly = false }: ConnectOptions): Connection {
  const { database, path } = useExisting(value);
  if (!readOnly) refuseUnusable(database, path);
  return new SqliteConnection(borrowDatabase(database, readOnly), path);
}

/** What its owner has begun, or has forbidden, a run must not meddle with. */
function refuseUnusable(database: DriverDatabase, description: string): void {
  if (database.isInTransaction()) throw connectionErrors.connectionInTransaction({ description });
  if (readSetting(database, "query_only") !== "0") throw connectionErrors.connectionReadOnly({ description });
}

/** Opens a database; the wait for another program that holds it leaves the process free. */
async function openDatabase(path: string, options: ConnectOptions): Promise<DriverDatabase> {
  const { driver, readOnly = false, busyTimeout = DEFAULT_BUSY_TIMEOUT, wait = {} } = options;
  const { open } = findDriver(driver);
  if (path !== IN_MEMORY) checkPath(path, readOnly);
  const openAs = (mode: { readonly readOnly: boolean }): DriverDatabase => {
    // An absolute path: SQLite would read a name that begins with "file:" as a URI of its own.
    const database = open(path === IN_MEMORY ? path : resolve(path), { ...mode, busyTimeout: 0 });
    readSchema(database);
    return database;
  };
  let database: DriverDatabase | undefined;
  const attempt = (): boolean => {
    try {
      database = readOnly ? openReadOnly(openAs) : openAs({ readOnly });
      return true;
    } catch (error) {
      if (findResultCode(error) === RESULT_CODES.busy) return false;
      throw explainOpening(path, error);
    }
  };
  const reason = `another program is using ${path}`;
  const { outcome } = await waitFor(attempt, {
    timeout: busyTimeout,
    signal: wait.signal,
    onWait: () => wait.onWait?.(reason),
  });
  if (outcome === "stopped") throw lockErrors.stoppedWaiting({ reason });
  if (!database) throw connectionErrors.databaseBusy({ path });
  database.exec(`PRAGMA busy_timeout=${busyTimeout}`);
  return database;
}

/**
 * Opens for reading, also what a killed process left in the middle of a transaction: such a file has to be rolled back before it can be read,
 * which a read-only connection may not do. https://www.sqlite.org/rescode.html#readonly_rollback
 */
function openReadOnly(openAs: (mode: { readonly readOnly: boolean }) => DriverDatabase): DriverDatabase {
  try {
    return openAs({ readOnly: true });
  } catch (error) {
    if (findResultCode(error) !== RESULT_CODES.readOnly) throw error;
    openAs({ readOnly: false }).close();
    return openAs({ readOnly: true });
  }
}

/** SQLite opens lazily: only reading the schema shows whether the file is a database at all, and whether this version can read it. */
function readSchema(database: DriverDatabase): void {
  try {
    database.exec("SELECT 1 FROM sqlite_schema");
  } catch (error) {
    database.close();
    throw error;
  }
}

function explainOpening(path: string, error: unknown): unknown {
  if (error instanceof LimbeckError) return error;
  if (findResultCode(error) === RESULT_CODES.notADatabase) return connectionErrors.notADatabase({ path }, error);
  return connectionErrors.cannotOpen({ path, message: describeDatabaseError(error) }, error);
}
