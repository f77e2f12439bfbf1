import { constants, copyFileSync, linkSync, mkdirSync, realpathSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { scriptErrors } from "../kernel/errors/script-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { listRevisionFiles, type VersionLocations } from "./list-revision-files.ts";
import { parseRevisionFile, readRevisionSource, type RevisionFile } from "./revision-file.ts";
import { describeSystemError, systemErrorCode } from "./system-error.ts";
import { writeBeside } from "./write-beside.ts";

function refuseDuplicates(files: readonly RevisionFile[]): void {
  const byRevision = Map.groupBy(files, (file) => file.revision);
  if (byRevision.size === files.length) return;
  for (const [revision, same] of byRevision) {
    if (same.length > 1) throw scriptErrors.duplicateRevision({ revision, paths: same.map((file) => file.path) });
  }
}

/**
 * Reads the headers of all revision files, in the order of {@link listRevisionFiles}; none of them is run.
 *
 * @throws ScriptError when a folder is missing, a file is unreadable or has no usable header, or two have the same id
 */
export function readScriptDirectory(locations: VersionLocations): readonly RevisionFile[] {
  const files = listRevisionFiles(locations).map((path) => parseRevisionFile(path, readRevisionSource(path)));
  refuseDuplicates(files);
  return files;
}

/** A revision file that is to be written. */
interface NewRevisionFile {
  /** Absolute path. */
  readonly path: string;
  readonly revision: string;
  readonly text: string;
  /** The revisions that it stands for. Default none. */
  readonly replaces?: readonly string[];
  /** Paths of the files by which its id was chosen; they are not read again. */
  readonly known: ReadonlySet<string>;
}

/** What a file says; one that cannot be read says nothing. */
function readIfPossible(path: string): readonly RevisionFile[] {
  try {
    return [parseRevisionFile(path, readRevisionSource(path))];
  } catch (error) {
    if (error instanceof LimbeckError) return [];
    throw error;
  }
}

/**
 * Writes a new revision file whose id was free when it was chosen. Two terminals may have chosen the same: whoever is written last sees the other one, and takes its own away again.
 *
 * @throws ScriptError when the file exists already or cannot be written, or another one has become the same revision or stands for the same ones
 */
export function addRevisionFile(
  locations: VersionLocations,
  { path, revision, text, replaces = [], known }: NewRevisionFile,
): void {
  writeRevisionFile(path, text);
  const others = listRevisionFiles(locations)
    .filter((other) => other !== path && !known.has(other) && realpathSync(other) !== realpathSync(path))
    .flatMap(readIfPossible);
  const twin = others.find((other) => other.revision === revision);
  const rival = others.find((other) => other.replaces.some((one) => replaces.includes(one)));
  if (!twin && !rival) return;
  rmSync(path, { force: true });
  if (twin) throw scriptErrors.revisionIdTaken({ revision, path: twin.path });
  if (rival) throw scriptErrors.squashedMeanwhile({ squash: rival.revision, path: rival.path });
}

/**
 * Writes a new revision file; one that exists is never overwritten, nobody ever sees a part of it, and a failure leaves nothing behind.
 *
 * @param path absolute path of the new file; its folder is made when it is missing
 * @throws ScriptError when the file exists already or cannot be written
 */
export function writeRevisionFile(path: string, text: string): void {
  let ready: string | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    ready = writeBeside(path, text);
    putInPlace(ready, path);
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") throw scriptErrors.fileExists({ path }, error);
    throw scriptErrors.folderNotWritable({ path, message: describeSystemError(error) }, error);
  } finally {
    if (ready !== undefined) rmSync(ready, { force: true });
  }
}

/** File systems say in these ways that a file has one name only there. */
const NO_LINKS: ReadonlySet<string | undefined> = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EMLINK"]);

/** Gives a finished file its name. It fails when there is a file of that name, in one step with giving it: two runs can't both succeed. */
function putInPlace(ready: string, path: string): void {
  try {
    linkSync(ready, path);
  } catch (error) {
    if (!NO_LINKS.has(systemErrorCode(error))) throw error;
    copyFileSync(ready, path, constants.COPYFILE_EXCL);
  }
}
