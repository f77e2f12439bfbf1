import { existsSync, readdirSync, realpathSync, type Dirent } from "node:fs";
import { basename, dirname, join, sep } from "node:path";
import { findClosestName } from "../kernel/closest-name.ts";
import { scriptErrors } from "../kernel/errors/script-errors.ts";
import { describeSystemError, systemErrorCode } from "./system-error.ts";

const IS_SCRIPT = /^[^._].*\.(?:[cm]?[jt]s|sql)$/;
const IS_OTHER = /\.(?:d|test|spec|test-d)\.[cm]?[jt]s$/;
const IS_OTHER_FOLDER = /^[._]|^node_modules$/;

/** Where revision files are looked for. */
export interface VersionLocations {
  /** Absolute paths of the folders. */
  readonly versionLocations: readonly string[];
  /** Whether the folders inside of them are read as well. */
  readonly recursiveVersionLocations: boolean;
  /** Absolute path of the config that names them; absent where none does. */
  readonly path?: string;
}

/** A file as it was reached, and where it really is. */
interface FoundFile {
  readonly path: string;
  readonly realPath: string;
}

/** Whether a file of that name in a version location is a revision. */
function isRevisionFileName(name: string): boolean {
  return IS_SCRIPT.test(name) && !IS_OTHER.test(name);
}

function refuse(path: string, error: unknown): never {
  throw scriptErrors.fileUnreadable({ path, message: describeSystemError(error) }, error);
}

function resolveLink(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    // It may be a revision: passing over it would leave a gap in the history.
    return refuse(path, error);
  }
}

const byName = (a: Dirent, b: Dirent): number => (a.name < b.name ? -1 : 1);

const readEntries = (folder: string): readonly Dirent[] =>
  readdirSync(folder, { withFileTypes: true }).toSorted(byName);

/** What a folder inside of a location holds; nothing where a link leads to something else. */
function readInnerFolder(folder: string): readonly Dirent[] | undefined {
  try {
    return readEntries(folder);
  } catch (error) {
    const code = systemErrorCode(error);
    return code === "ENOTDIR" || code === "ENOENT" ? undefined : refuse(folder, error);
  }
}

/** The folder beside a missing one that may have been meant. */
function findSimilarFolder(folder: string): string | undefined {
  const around = dirname(folder);
  const names = readdirSync(around, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const name = findClosestName(
    basename(folder),
    names.map((entry) => entry.name),
  );
  return name === undefined ? undefined : join(around, name);
}

function requireFolder(folder: string, location: string, config: string | undefined): void {
  try {
    readdirSync(folder);
  } catch (error) {
    const similar =
      systemErrorCode(error) === "ENOENT" && existsSync(dirname(folder)) ? findSimilarFolder(folder) : undefined;
    throw scriptErrors.folderMissing(
      { path: folder, location, ...(similar !== undefined && { similar }), ...(config !== undefined && { config }) },
      error,
    );
  }
}

/** What a location holds; nothing when it is missing and only the folder around it is there. */
function readLocation(location: string, config: string | undefined): readonly Dirent[] | undefined {
  try {
    return readEntries(location);
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") return refuse(location, error);
    // Git keeps no empty folders: after a clone, a project without revisions has only the folder around it.
    requireFolder(dirname(location), location, config);
    return undefined;
  }
}

const mayBeFolder = (entry: Dirent): boolean =>
  !IS_OTHER_FOLDER.test(entry.name) &&
  (entry.isDirectory() || (entry.isSymbolicLink() && !isRevisionFileName(entry.name)));

/** Walks through a folder and, if wanted, those inside of it; one that has been walked through before is left out. */
function* walk(
  folder: string,
  entries: readonly Dirent[] | undefined,
  options: { readonly isRecursive: boolean; readonly walked: Set<string> },
): Generator<FoundFile> {
  if (!entries) return;
  const realFolder = realpathSync(folder);
  if (options.walked.has(realFolder)) return;
  options.walked.add(realFolder);
  // Not join() for each: over ten thousand files it costs a tenth of the whole.
  const prefix = join(folder, sep);
  const realPrefix = join(realFolder, sep);
  for (const entry of entries) {
    const path = prefix + entry.name;
    if (entry.isDirectory() || !isRevisionFileName(entry.name)) continue;
    yield { path, realPath: entry.isSymbolicLink() ? resolveLink(path) : realPrefix + entry.name };
  }
  if (!options.isRecursive) return;
  for (const { name } of entries.filter(mayBeFolder)) {
    yield* walk(prefix + name, readInnerFolder(prefix + name), options);
  }
}

/**
 * The paths of all revision files: location by location, in each the files by name, then those of its folders. A file that is reached twice, through
 * links or through locations that overlap, is listed once. Files and folders whose names begin with a dot or an underscore, declaration files
 * and tests are passed over.
 *
 * @throws ScriptError when a location is missing together with the folder around it, or something cannot be read
 */
export function listRevisionFiles(locations: VersionLocations): readonly string[] {
  const options = { isRecursive: locations.recursiveVersionLocations, walked: new Set<string>() };
  const byRealPath = new Map<string, string>();
  for (const location of locations.versionLocations) {
    for (const { path, realPath } of walk(location, readLocation(location, locations.path), options)) {
      if (!byRealPath.has(realPath)) byRealPath.set(realPath, path);
    }
  }
  return [...byRealPath.values()];
}
