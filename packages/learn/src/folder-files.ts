import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { OWN_FOLDER } from "./progress.ts";

/** What is neither kept nor brought back: the packages, the history of Git, and what is ours. */
const LEFT_ALONE: ReadonlySet<string> = new Set(["node_modules", ".git", OWN_FOLDER]);

/** What SQLite has beside a database only while somebody uses it. */
const PASSING = /-(?:shm|journal)$/;

/** All files of a folder inside another one, which may have gone since that one was listed. */
function listInside(folder: string): readonly string[] {
  try {
    return listAll(folder);
  } catch (error) {
    if (existsSync(folder)) throw error;
    return [];
  }
}

/** All files of a folder, by their paths below it; links are left alone. */
const listAll = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !LEFT_ALONE.has(entry.name) && !entry.isSymbolicLink())
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? listInside(join(folder, entry.name)).map((path) => `${entry.name}/${path}`) : [entry.name],
    );

const listFiles = (folder: string): readonly string[] => listAll(folder).filter((path) => !PASSING.test(path));

/** What a file holds; undefined when it has gone since it was listed, or is no file. */
function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Stands for all files of a folder, a SQLite database among them. */
export function fingerprintFolder(folder: string): string {
  const hash = createHash("sha256");
  for (const path of listFiles(folder)) {
    const content = readIfThere(join(folder, path));
    // A reader may leave an empty one behind, and changes nothing by that.
    if (content === undefined || (content.length === 0 && path.endsWith("-wal"))) continue;
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function removeStrayFolders(folder: string, wanted: string): void {
  const folders = (path: string): readonly string[] =>
    readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  const known = new Set(folders(wanted));
  for (const name of folders(folder)) {
    if (LEFT_ALONE.has(name)) continue;
    if (known.has(name)) removeStrayFolders(join(folder, name), join(wanted, name));
    else rmSync(join(folder, name), { recursive: true });
  }
}

/** Makes the files of a folder those of another one. It changes only what differs, so that a shell in one of its folders stays where it is. */
export function copyFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  const wanted = listFiles(from);
  const keep = new Set(wanted);
  // A journal that a crash has left would be played into a database that it does not belong to.
  for (const path of listAll(to)) if (!keep.has(path)) rmSync(join(to, path));
  for (const path of wanted) {
    const content = readIfThere(join(from, path));
    const target = join(to, path);
    if (content === undefined || readIfThere(target)?.equals(content)) continue;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  removeStrayFolders(to, from);
}
