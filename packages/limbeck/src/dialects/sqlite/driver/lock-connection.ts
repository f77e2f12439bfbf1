import type { Lock, WaitHooks } from "../../../dialect/dialect.ts";
import { waitFor } from "../../../dialect/wait-for.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { describeWait, lockErrors } from "../../../kernel/errors/lock-errors.ts";
import type { RunHolder } from "../../../kernel/run-holder.ts";
import type { DriverDatabase } from "./driver.ts";
import { IN_MEMORY } from "./parse-url.ts";

/** How long to wait for another holder, in milliseconds, and who hears of it. */
export type LockWait = WaitHooks & { readonly timeout: number };

/**
 * Keeps two runs apart on one connection to a database in memory: nothing else could, because they share its transactions. The lock is a temporary
 * table, which only this connection sees and which goes with it. https://www.sqlite.org/lang_createtable.html
 *
 * @throws LockError (heldByAnotherRun), ConnectionError (connectionInTransaction)
 */
export async function lockConnection(
  database: DriverDatabase,
  { timeout, signal, onWait }: LockWait,
): Promise<Pick<Lock, "release">> {
  const describeHolder = () => ({ database: IN_MEMORY, ...describe(readSince(database)) });
  const tell = (): void => onWait?.(describeWait(describeHolder()));
  const { outcome, waited } = await waitFor(() => tryToLock(database), { timeout, signal, onWait: tell });
  if (outcome === "stopped") throw lockErrors.stoppedWaiting({ reason: describeWait(describeHolder()) });
  if (outcome === "timedOut") throw lockErrors.heldByAnotherRun({ ...describeHolder(), waited });
  let isReleased = false;
  return {
    release() {
      if (!isReleased && database.isOpen()) giveBack(database);
      isReleased = true;
      return Promise.resolve();
    },
  };
}

const describe = (since = ""): RunHolder => ({ holder: "another run in this process", since });

/** Who has that lock; undefined where nobody has it. */
export function findConnectionHolder(database: DriverDatabase): RunHolder | undefined {
  const since = readSince(database);
  return since === undefined ? undefined : describe(since);
}

function tryToLock(database: DriverDatabase): boolean {
  if (readSince(database) !== undefined) return false;
  // A rollback of the owner's would take the lock along.
  if (database.isInTransaction()) throw connectionErrors.connectionInTransaction({ description: IN_MEMORY });
  database.exec("CREATE TEMP TABLE IF NOT EXISTS _limbeck_lock (since)");
  database.exec(`INSERT INTO temp._limbeck_lock VALUES ('${new Date().toISOString()}')`);
  return true;
}

function giveBack(database: DriverDatabase): void {
  database.exec("DELETE FROM temp._limbeck_lock");
  try {
    database.exec("DROP TABLE temp._limbeck_lock");
  } catch {
    // While its owner reads rows, no table of a connection can be dropped; empty, it keeps nobody out.
  }
}

/** Since when the lock is held, ISO 8601; undefined when it is free. */
function readSince(database: DriverDatabase): string | undefined {
  const isThere = database.prepare("SELECT 1 FROM sqlite_temp_schema WHERE name = '_limbeck_lock'").all([]).length > 0;
  if (!isThere) return undefined;
  const [[since] = []] = database.prepare("SELECT since FROM temp._limbeck_lock").all([]);
  return since === undefined ? undefined : String(since);
}
