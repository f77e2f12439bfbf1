import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import type { DatabaseSync } from "node:sqlite";
import { describeWait, lockErrors } from "../kernel/errors/lock-errors.ts";
import { UNKNOWN_HOLDER, type RunHolder } from "../kernel/run-holder.ts";
import type { Lock } from "./dialect.ts";
import { loadNodeSqlite } from "./load-node-sqlite.ts";
import { waitFor, type WaitOptions } from "./wait-for.ts";

/** A lock without the ways to the database. */
export type HeldLock = Pick<Lock, "release">;

/** Who holds the lock, as written beside it. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601. */
  readonly since: string;
}

/** SQLite's code for a lock that somebody else holds. https://www.sqlite.org/rescode.html#busy */
const BUSY = 5;

/** How a wait goes on; `onWait` hears what is waited for. */
type LockWait = Omit<WaitOptions, "onWait"> & { readonly onWait?: (reason: string) => void };

/**
 * Takes a lock that the system frees when its holder ends, however it ends, waiting for another holder without blocking this process: a file that is an empty
 * SQLite database, on which this handle holds BEGIN EXCLUSIVE. Node has no lock of its own. The file is left where it is afterwards: deleting it would let two
 * runs hold two files of one name.
 *
 * @param path of the file
 * @param database what it protects, for people
 * @throws LockError (heldByAnotherRun, stoppedWaiting, lockUnusable)
 */
export async function lockFile(
  path: string,
  database: string,
  { timeout, signal, onWait }: LockWait,
): Promise<HeldLock> {
  const holderPath = `${path}.json`;
  const handle = openLock(path);
  const tell = (): void => onWait?.(describeWait({ database, ...describeHolder(holderPath) }));
  const { outcome, waited } = await waitFor(() => tryToLock(handle, path), { timeout, signal, onWait: tell });
  if (outcome !== "done") {
    handle.close();
    const held = { database, ...describeHolder(holderPath) };
    if (outcome === "stopped") throw lockErrors.stoppedWaiting({ reason: describeWait(held) });
    throw lockErrors.heldByAnotherRun({ ...held, waited });
  }
  writeHolder(handle, holderPath);
  return createLock(handle, holderPath);
}

/**
 * Who holds such a lock; undefined where nobody does, or the file may not be read. What the holder has written stays behind when it is killed, so the lock itself is asked, as a reader, who keeps
 * out a run that begins in this very moment for no longer than one of its tries.
 *
 * @param path of the file
 */
export function findFileHolder(path: string): RunHolder | undefined {
  const holderPath = `${path}.json`;
  if (!existsSync(holderPath) || !existsSync(path)) return undefined;
  const { DatabaseSync } = loadNodeSqlite();
  let handle: DatabaseSync | undefined;
  try {
    handle = new DatabaseSync(path, { readOnly: true, timeout: 0 });
    handle.prepare("SELECT 1 FROM sqlite_schema").all();
    return undefined;
  } catch (error) {
    return isBusy(error) ? describeHolder(holderPath) : undefined;
  } finally {
    handle?.close();
  }
}

const findWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The primary code is in the lowest byte. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && typeof error.errcode === "number" && (error.errcode & 0xff) === BUSY;

function openLock(lockPath: string): DatabaseSync {
  const { DatabaseSync } = loadNodeSqlite();
  try {
    return new DatabaseSync(lockPath, { timeout: 0 });
  } catch (error) {
    throw lockErrors.lockUnusable({ path: lockPath, message: findWords(error) }, error);
  }
}

function tryToLock(handle: DatabaseSync, lockPath: string): boolean {
  try {
    // Nothing is ever written to it, so a journal would only be a file that a killed run leaves behind.
    handle.exec("PRAGMA journal_mode=MEMORY");
    handle.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    handle.close();
    throw lockErrors.lockUnusable({ path: lockPath, message: findWords(error) }, error);
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
    throw lockErrors.lockUnusable({ path: holderPath, message: findWords(error) }, error);
  }
}

function describeHolder(holderPath: string): RunHolder {
  const holder = readHolder(holderPath);
  if (holder === undefined) return UNKNOWN_HOLDER;
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
