import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { scriptErrors } from "../kernel/errors/script-errors.ts";
import { parseRevisionFile, readRevisionSource, type RevisionFile } from "./revision-file.ts";
import { describeSystemError, systemErrorCode } from "./system-error.ts";

const IS_SCRIPT = /^[^._].*\.(?:[cm]?[jt]s|sql)$/;
const IS_OTHER = /\.(?:d|test|spec|test-d)\.[cm]?[jt]s$/;

/** Whether a file of that name in the versions folder is a revision. */
export function isRevisionFileName(name: string): boolean {
  return IS_SCRIPT.test(name) && !IS_OTHER.test(name);
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && isRevisionFileName(entry.name))
      .map((entry) => entry.name)
      .toSorted();
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") {
      throw scriptErrors.fileUnreadable({ path: folder, message: describeSystemError(error) }, error);
    }
    // Git keeps no empty folders: after a clone, a project without revisions has only the folder around it.
    requireFolder(dirname(folder));
    return [];
  }
}

function requireFolder(folder: string): void {
  try {
    readdirSync(folder);
  } catch (error) {
    throw scriptErrors.folderMissing({ path: folder }, error);
  }
}

function refuseDuplicates(files: readonly RevisionFile[]): void {
  const byRevision = Map.groupBy(files, (file) => file.revision);
  if (byRevision.size === files.length) return;
  for (const [revision, same] of byRevision) {
    if (same.length > 1) throw scriptErrors.duplicateRevision({ revision, paths: same.map((file) => file.path) });
  }
}

/**
 * Reads the headers of all revision files of a folder, sorted by file name; none of them is run. Files whose names begin
 * with a dot or an underscore, declaration files, tests and sub-folders are passed over.
 *
 * @param folder the versions folder; may be missing as long as the migrations folder around it is there
 * @throws ScriptError when the folder is missing, a file is unreadable or has no usable header, or two have the same id
 */
export function readScriptDirectory(folder: string): readonly RevisionFile[] {
  // Not join() for each: over ten thousand files it costs a tenth of the whole.
  const prefix = join(folder, sep);
  const files = listFolder(folder).map((name) => {
    const path = prefix + name;
    return parseRevisionFile(path, readRevisionSource(path));
  });
  refuseDuplicates(files);
  return files;
}

/**
 * Writes a new revision file; one that exists is never overwritten, and a failure leaves nothing behind.
 *
 * @param path absolute path of the new file; its folder is made when it is missing
 * @throws ScriptError when the file exists already or cannot be written
 */
export function writeRevisionFile(path: string, text: string): void {
  const file = createFile(path);
  try {
    writeSync(file, text);
  } catch (error) {
    rmSync(path, { force: true });
    throw scriptErrors.folderNotWritable({ path, message: describeSystemError(error) }, error);
  } finally {
    closeSync(file);
  }
}

function createFile(path: string): number {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // `wx` fails when the file exists, in one step with creating it: two runs can't both succeed.
    return openSync(path, "wx");
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") throw scriptErrors.fileExists({ path }, error);
    throw scriptErrors.folderNotWritable({ path, message: describeSystemError(error) }, error);
  }
}
