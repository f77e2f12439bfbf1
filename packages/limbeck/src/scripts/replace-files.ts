import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { historyErrors } from "../kernel/errors/history-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { describeSystemError } from "./system-error.ts";

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

/** Writes a text beside the file that it is for; the name begins with a dot, so that nobody takes it for a revision. */
function writeBeside(target: string, text: string): string {
  const ready = join(dirname(target), `.limbeck-${crypto.randomUUID()}.tmp`);
  try {
    writeFileSync(ready, text, { flag: "wx", flush: true });
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
  return { ...change, target, ready: writeBeside(target, change.after) };
}

/** Runs a step for each, and where one fails what takes back those before it. */
function runAll<Item, Done>(
  items: readonly Item[],
  step: (item: Item) => Done,
  undo: (done: Done) => void,
): readonly Done[] {
  const done: Done[] = [];
  try {
    for (const item of items) done.push(step(item));
  } catch (error) {
    for (const one of done.toReversed()) undo(one);
    throw error;
  }
  return done;
}

function tellFailures<Result>({ path }: FileChange, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof LimbeckError) throw error;
    throw historyErrors.filesNotReplaced({ path, message: describeSystemError(error) }, error);
  }
}

/**
 * Gives files another text, all of them or none: the new texts are written beside them first, and then take their places. Where one cannot, those before it get
 * their old text again. Of each file a reader sees the old text or the new one, never a part.
 *
 * @param rename default: that of the file system
 * @throws HistoryError when a file does not hold what it should any more, or cannot be written
 */
export function replaceFiles(changes: readonly FileChange[], rename: Rename = renameSync): void {
  const prepared = runAll(
    changes,
    (change) => tellFailures(change, () => prepare(change)),
    ({ ready }) => rmSync(ready, { force: true }),
  );
  try {
    runAll(
      prepared,
      (change) => {
        tellFailures(change, () => rename(change.ready, change.target));
        return change;
      },
      ({ target, before }) => rename(writeBeside(target, before), target),
    );
  } catch (error) {
    for (const { ready } of prepared) rmSync(ready, { force: true });
    throw error;
  }
}
