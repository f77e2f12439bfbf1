import { lstatSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { DatabaseTarget, WaitHooks } from "../../../dialect/dialect.ts";
import { findFileHolder, lockFile, type HeldLock } from "../../../dialect/lock-file.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import type { RunHolder } from "../../../kernel/run-holder.ts";
import { checkPath } from "./check-path.ts";
import { useExisting } from "./existing-database.ts";
import { findConnectionHolder, lockConnection } from "./lock-connection.ts";
import { IN_MEMORY, parseUrl } from "./parse-url.ts";

const NO_LOCK: HeldLock = { release: () => Promise.resolve() };

/**
 * Takes the lock that keeps two runs on one database apart, waiting for another holder without blocking this process.
 *
 * The lock is a file beside the database, `todo.db-limbeck-lock`. (A transaction on the database itself would keep out the run that it is meant to
 * protect.) A database in memory has no folder; where it was handed over, the lock is in its connection, and otherwise it has one user only.
 *
 * @param timeout milliseconds; 0 tries once
 * @throws LockError (heldByAnotherRun, lockUnusable), ConnectionError when the path or the open database cannot be used
 */
export async function acquireLock(target: DatabaseTarget, timeout: number, hooks: WaitHooks = {}): Promise<HeldLock> {
  const wait = { ...hooks, timeout };
  if (typeof target === "string") {
    const path = parseUrl(target);
    return path === IN_MEMORY ? NO_LOCK : lockBeside(path, wait);
  }
  const { path, database } = useExisting(target);
  return path === IN_MEMORY ? lockConnection(database, wait) : lockBeside(path, wait);
}

/** Who has that lock; undefined where nobody has it. */
export function findHolder(target: DatabaseTarget): RunHolder | undefined {
  if (typeof target === "string") {
    const path = parseUrl(target);
    return path === IN_MEMORY ? undefined : findFileHolder(nameLock(path));
  }
  const { path, database } = useExisting(target);
  return path === IN_MEMORY ? findConnectionHolder(database) : findFileHolder(nameLock(path));
}

/**
 * Two paths to one database, through a symbolic link for example, must meet at one lock; also while there is no database at the end of the
 * link, since the first run creates it there. So links are followed one by one: the system's own way ends at a file that is missing.
 */
function findRealPath(path: string): string {
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) throw connectionErrors.folderMissing({ path, folder });
  const name = join(realpathSync(folder), basename(path));
  const isLink = lstatSync(name, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink ? findRealPath(resolve(dirname(name), readlinkSync(name))) : name;
}

const nameLock = (path: string): string => `${findRealPath(path)}-limbeck-lock`;

function lockBeside(path: string, wait: WaitHooks & { readonly timeout: number }): Promise<HeldLock> {
  checkPath(path, false);
  return lockFile(nameLock(path), path, wait);
}
