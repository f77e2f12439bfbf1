import { lstatSync, readFileSync, readlinkSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { DatabaseTarget, Lock, WaitHooks } from "../../../dialect/dialect.ts";
import { waitFor } from "../../../dialect/wait-for.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { describeWait, lockErrors } from "../../../kernel/errors/lock-errors.ts";
import { describeDatabaseError, findResultCode, RESULT_CODES } from "../database-errors.ts";
import { checkPath } from "./check-path.ts";
import { useExisting } from "./existing-database.ts";
import { loadNodeSqlite } from "./load-node-sqlite.ts";
import { lockConnection, type LockWait } from "./lock-connection.ts";
import { IN_MEMORY, parseUrl } from "./parse-url.ts";

/** Who holds the lock, as written beside it. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601. */
  readonly since: string;
}

/** A lock without the ways to the database. */
type HeldLock = Pick<Lock, "release">;

const NO_LOCK: HeldLock = { release: () => Promise.resolve() };

/**
 * Takes the lock that keeps two runs on one database apart, waiting for another holder without blocking this process.
 *
 * The lock is a file beside the database, `todo.db-limbeck-lock`: an empty SQLite database on which a second handle holds BEGIN EXCLUSIVE. The
 * system frees it when the holder ends, however it ends. (A transaction on the database itself would keep out the run that it is meant to
 * protect.) The file is left where it is afterwards: deleting it would let two runs hold two files of one name. A database in
 * memory has no folder; where it was handed over, the lock is in its connection, and otherwise it has one user only.
 *
 * @param timeout milliseconds; 0 tries once
 * @throws LockError (heldByAnotherRun, lockUnusable), ConnectionError when the path or the open database cannot be used
 */
export async function acquireLock(target: DatabaseTarget, timeout: number, hooks: WaitHooks = {}): Promise<HeldLock> {
  const wait = { ...hooks, timeout };
  if (typeof target === "string") {
    const path = parseUrl(target);
    return path === IN_MEMORY ? NO_LOCK : lockFile(path, wait);
  }
  const { path, database } = useExisting(target);
  return path === IN_MEMORY ? lockConnection(database, wait) : lockFile(path, wait);
}

async function lockFile(path: string, { timeout, signal, onWait }: LockWait): Promise<HeldLock> {
  checkPath(path, false);
  const lockPath = `${findRealPath(path)}-limbeck-lock`;
  const holderPath = `${lockPath}.json`;
  const handle = openLock(lockPath);
  const tell = (): void => onWait?.(describeWait({ database: path, ...describeHolder(holderPath) }));
  const { outcome, waited } = await waitFor(() => tryToLock(handle, lockPath), { timeout, signal, onWait: tell });
  if (outcome !== "done") {
    handle.close();
    const held = { database: path, ...describeHolder(holderPath) };
    if (outcome === "stopped") throw lockErrors.stoppedWaiting({ reason: describeWait(held) });
    throw lockErrors.heldByAnotherRun({ ...held, waited });
  }
  writeHolder(handle, holderPath);
  return createLock(handle, holderPath);
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

function openLock(lockPath: string): DatabaseSync {
  const { DatabaseSync } = loadNodeSqlite();
  try {
    return new DatabaseSync(lockPath, { timeout: 0 });
  } catch (error) {
    throw lockErrors.lockUnusable({ path: lockPath, message: describeDatabaseError(error) }, error);
  }
}

function tryToLock(handle: DatabaseSync, lockPath: string): boolean {
  try {
    // Nothing is ever written to it, so a journal would only be a file that a killed run leaves behind.
    handle.exec("PRAGMA journal_mode=MEMORY");
    handle.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (findResultCode(error) === RESULT_CODES.busy) return false;
    handle.close();
    throw lockErrors.lockUnusable({ path: lockPath, message: describeDatabaseError(error) }, error);
  }
}

/**
 * The holder is written to a file of its own: while the lock is held nobody can read the lock file through SQLite, and opening it
 * in another way would make this process lose the lock, since closing any handle of a file drops all its POSIX locks.
 * https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
 */
function writeHolder(handle: DatabaseSync, holderPath: string): void {
  // oxlint-disable-next-line eslint/no-restricted-globals -- only the process knows its own id
  const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  try {
    writeFileSync(holderPath, `${JSON.stringify(holder)}\n`);
  } catch (error) {
    handle.close();
    throw lockErrors.lockUnusable({ path: holderPath, message: describeDatabaseError(error) }, error);
  }
}

function describeHolder(holderPath: string): { readonly holder: string; readonly since: string } {
  const holder = readHolder(holderPath);
  if (holder === undefined) return { holder: "", since: "" };
  return { holder: `process ${holder.pid} on ${holder.host}`, since: holder.since };
}

/** Undefined in the moment between a run's taking the lock and its writing who it is. */
function readHolder(holderPath: string): Holder | undefined {
  try {
    // Only ever written by writeHolder; a file of another shape would give a strange message and no harm.
    return JSON.parse(readFileSync(holderPath, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

function createLock(handle: DatabaseSync, holderPath: string): HeldLock {
  let isReleased = false;
  return {
    release: () => {
      if (!isReleased) {
        isReleased = true;
        rmSync(holderPath, { force: true });
        handle.close();
      }
      return Promise.resolve();
    },
  };
}
