import { readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LimbeckError } from "../../../kernel/errors/limbeck-error.ts";
import { findResultCode, RESULT_CODES } from "../database-errors.ts";
import { connect } from "./connect.ts";
import { buildUrl } from "./resolve-url.ts";

/** What the folder of a copy is called in the folder of temporary files, up to what makes the name a free one. */
export const COPY_PREFIX = "limbeck-copy-";

/** What the copy is called in its folder. */
export const COPY_NAME = "copy.db";

/** How long ago a folder and its copy must have changed last, in milliseconds: whoever works on it may not have come to lock it yet. */
const QUIET = 60_000;

function isQuiet(folder: string, now: number): boolean {
  const times = [folder, join(folder, COPY_NAME)].map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs);
  return times.every((time) => time === undefined || now - time > QUIET);
}

/** Whether somebody is writing the copy: locks end with the process that holds them, on every system. */
async function isWritten(path: string): Promise<boolean> {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return false;
  try {
    const copy = await connect(buildUrl(path), { busyTimeout: 0 });
    try {
      await copy.execute("BEGIN EXCLUSIVE");
    } finally {
      await copy.close();
    }
    return false;
  } catch (error) {
    // Half a copy may be no database at all.
    const isBusy = error instanceof LimbeckError && error.reason === "databaseBusy";
    return isBusy || findResultCode(error) === RESULT_CODES.busy;
  }
}

/**
 * Erases the copies of databases that runs left behind which were killed while they made them. Those that are being made stay, and so does what
 * belongs to somebody else.
 *
 * @param parent the folder of temporary files
 * @param now in milliseconds since 1970
 */
export async function sweepCopies(parent: string = tmpdir(), now: number = Date.now()): Promise<void> {
  const folders = readdirSync(parent).filter((name) => name.startsWith(COPY_PREFIX));
  for (const folder of folders.map((name) => join(parent, name))) {
    try {
      if (isQuiet(folder, now) && !(await isWritten(join(folder, COPY_NAME)))) rmSync(folder, { recursive: true });
    } catch {
      // Another user's, or erased in the meantime.
    }
  }
}
