import { accessSync, constants, statSync, type Stats } from "node:fs";
import { dirname } from "node:path";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { describeDatabaseError } from "../database-errors.ts";

/**
 * Looks for what would keep a database file from being used. SQLite has one message for all of it ("unable to open database file"), and opens a
 * file that may not be written without a word, to fail at the first change.
 *
 * @param readOnly the file must exist, and nothing needs to be writable
 * @throws ConnectionError (cannotOpen, pathIsFolder, databaseMissing, folderMissing, notWritable)
 */
export function checkPath(path: string, readOnly: boolean): void {
  const file = findFile(path);
  if (file?.isDirectory() === true) throw connectionErrors.pathIsFolder({ path });
  if (readOnly && file !== undefined) return;
  const folder = dirname(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw connectionErrors.folderMissing({ path, folder });
  }
  if (readOnly) throw connectionErrors.databaseMissing({ path });
  if (file !== undefined && !isWritable(path)) throw connectionErrors.notWritable({ path, what: "file" });
  if (!isWritable(folder)) throw connectionErrors.notWritable({ path: folder, what: "folder" });
}

function findFile(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A folder on the way that may not be entered, for example, or links that lead in a circle.
    throw connectionErrors.cannotOpen({ path, message: describeDatabaseError(error) }, error);
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
