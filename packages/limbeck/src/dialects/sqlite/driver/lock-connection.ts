import type { Lock } from "../../../dialect/dialect.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { lockErrors } from "../../../kernel/errors/lock-errors.ts";
import type { DriverDatabase } from "./driver.ts";
import { IN_MEMORY } from "./parse-url.ts";
import { waitFor } from "../../../dialect/wait-for.ts";

/**
 * Keeps two runs apart on one connection to a database in memory: nothing else could, because they share its transactions. The lock is a temporary
 * table, which only this connection sees and which goes with it. https://www.sqlite.org/lang_createtable.html
 *
 * @throws LockError (heldByAnotherRun), ConnectionError (connectionInTransaction)
 */
export async function lockConnection(database: DriverDatabase, timeout: number): Promise<Pick<Lock, "release">> {
  const waited = await waitFor(() => tryToLock(database), timeout);
  if (waited !== undefined) {
    const holder = "another run in this process";
    throw lockErrors.heldByAnotherRun({ database: IN_MEMORY, holder, since: readSince(database) ?? "", waited });
  }
  let isReleased = false;
  return {
    release() {
      if (!isReleased && database.isOpen()) database.exec("DROP TABLE temp._limbeck_lock");
      isReleased = true;
      return Promise.resolve();
    },
  };
}

function tryToLock(database: DriverDatabase): boolean {
  if (readSince(database) !== undefined) return false;
  // A rollback of the owner's would take the lock along.
  if (database.isInTransaction()) throw connectionErrors.connectionInTransaction({ description: IN_MEMORY });
  database.exec(`CREATE TEMP TABLE _limbeck_lock AS SELECT '${new Date().toISOString()}' AS since`);
  return true;
}

/** Since when the lock is held, ISO 8601; undefined when it is free. */
function readSince(database: DriverDatabase): string | undefined {
  const isThere = database.prepare("SELECT 1 FROM sqlite_temp_schema WHERE name = '_limbeck_lock'").all([]).length > 0;
  if (!isThere) return undefined;
  return String(database.prepare("SELECT since FROM temp._limbeck_lock").all([])[0]?.[0]);
}
