import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { historyErrors } from "../kernel/errors/history-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { describeSystemError } from "./system-error.ts";
import { writeBeside } from "./write-beside.ts";

/** A file that gets another text. */
export interface FileChange {
  /** Absolute path. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** A change whose text lies ready beside the file. */
interface PreparedChange extends FileChange {
  /** The file itself, where the path is a link to it. */
  readonly target: string;
  readonly ready: string;
}

/** How one file takes the place of another, in one step. */
export type Rename = (from: string, to: string) => void;

/** Writes a text beside the file that it is for, with its mode. */
function writeReady(target: string, text: string): string {
  const ready = writeBeside(target, text);
  try {
    chmodSync(ready, statSync(target).mode);
    return ready;
  } catch (error) {
    rmSync(ready, { force: true });
    throw error;
  }
}

function prepare(change: FileChange): PreparedChange {
  const target = realpathSync(change.path);
  if (readFileSync(target, "utf8") !== change.before) throw historyErrors.fileChanged({ path: change.path });
  return { ...change, target, ready: writeReady(target, change.after) };
}

function prepareAll(changes: readonly FileChange[]): readonly PreparedChange[] {
  const prepared: PreparedChange[] = [];
  for (const change of changes) {
    try {
      prepared.push(prepare(change));
    } catch (error) {
      discard(prepared);
      if (error instanceof LimbeckError) throw error;
      throw historyErrors.filesNotReplaced({ path: change.path, message: describeSystemError(error) }, error);
    }
  }
  return prepared;
}

function discard(prepared: readonly PreparedChange[]): void {
  for (const { ready } of prepared) rmSync(ready, { force: true });
}

/** Gives a file its old text again. @returns whether it has it */
function giveBack({ target, before }: PreparedChange, rename: Rename): boolean {
  let old: string | undefined;
  try {
    old = writeReady(target, before);
    rename(old, target);
    return true;
  } catch {
    // What is told is the failure that made it necessary.
    if (old !== undefined) rmSync(old, { force: true });
    return false;
  }
}

/**
 * Gives files another text, all of them or none: the new texts are written beside them first, and then take their places. Where one cannot, those before it get
 * their old text again. Of each file a reader sees the old text or the new one, never a part.
 *
 * @param rename default: that of the file system
 * @throws HistoryError when a file does not hold what it should any more, or cannot be written; it names those that could not get their old text again
 */
export function replaceFiles(changes: readonly FileChange[], rename: Rename = renameSync): void {
  const prepared = prepareAll(changes);
  for (const [position, { path, ready, target }] of prepared.entries()) {
    try {
      rename(ready, target);
    } catch (error) {
      discard(prepared);
      const changed = prepared.slice(0, position).filter((change) => !giveBack(change, rename));
      const message = describeSystemError(error);
      if (changed.length === 0) throw historyErrors.filesNotReplaced({ path, message }, error);
      throw historyErrors.filesHalfReplaced({ path, message, changed: changed.map((change) => change.path) }, error);
    }
  }
}
