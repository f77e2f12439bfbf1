import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { betterSqlite3 } from "./better-sqlite3.ts";
import type { Driver, DriverDatabase } from "./driver.ts";
import { libsql } from "./libsql.ts";
import { nodeSqlite } from "./node-sqlite.ts";

/** The first is taken when none is asked for. None is loaded before it opens something. */
const DRIVERS: readonly Driver[] = [nodeSqlite, betterSqlite3, libsql];

/**
 * The driver of a name; without a name, the one that needs nothing installed.
 *
 * @throws ConnectionError (unknownDriver)
 */
export function findDriver(name: string = nodeSqlite.name): Driver {
  const found = DRIVERS.find((driver) => driver.name === name);
  if (!found) throw connectionErrors.unknownDriver({ driver: name, known: DRIVERS.map((driver) => driver.name) });
  return found;
}

/** The database in an object that somebody opened with one of the drivers; undefined when it is anything else. */
export function adoptDatabase(value: object): DriverDatabase | undefined {
  for (const driver of DRIVERS) {
    const database = driver.adopt(value);
    if (database) return database;
  }
  return undefined;
}
