import { existsSync, realpathSync, rmSync } from "node:fs";
import type { DatabaseTarget } from "../../../dialect/dialect.ts";
import { quoteIdentifier } from "../quote.ts";
import { borrowDatabase } from "./borrow-database.ts";
import type { DriverDatabase } from "./driver.ts";
import { useExisting } from "./existing-database.ts";
import { IN_MEMORY, parseUrl } from "./parse-url.ts";

/**
 * The files that SQLite keeps for one database, itself last: a journal left behind would be played back into the next database of that
 * name. https://www.sqlite.org/tempfiles.html
 */
const DATABASE_FILES = ["-journal", "-wal", "-shm", ""] as const;

/**
 * Removes the database file behind a URL and the journals beside it; does nothing when there is none. The lock file
 * stays, because the caller holds it. In a database that is open already, drops everything.
 */
export async function eraseDatabase(target: DatabaseTarget): Promise<void> {
  if (typeof target === "object") {
    dropEverything(borrowDatabase(useExisting(target).database, false));
    return;
  }
  const path = parseUrl(target);
  if (path === IN_MEMORY) return;
  // Behind a symbolic link lies the file that others open; the link itself stays.
  const file = existsSync(path) ? realpathSync(path) : path;
  for (const suffix of DATABASE_FILES) rmSync(`${file}${suffix}`, { force: true });
}

function dropEverything(database: DriverDatabase): void {
  // Off, because dropping a table deletes its rows first.
  database.exec("PRAGMA foreign_keys=OFF");
  try {
    database.exec("BEGIN IMMEDIATE");
    dropAll(database, "trigger", "type = 'trigger'");
    dropAll(database, "view", "type = 'view'");
    // Virtual tables before others: each takes the tables along that it keeps its data in.
    dropAll(database, "table", "type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE %'");
    dropAll(database, "table", String.raw`type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`);
    database.exec("COMMIT");
  } catch (error) {
    if (database.isInTransaction()) database.exec("ROLLBACK");
    throw error;
  } finally {
    database.close();
  }
}

function dropAll(database: DriverDatabase, type: string, condition: string): void {
  for (const [name] of database.prepare(`SELECT name FROM main.sqlite_schema WHERE ${condition}`).all([])) {
    database.exec(`DROP ${type} main.${quoteIdentifier(String(name))}`);
  }
}
