import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
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

/** Removes the folders that another one does not have, but nothing that is in them: packages, histories and links, of which there is no copy, stay where they are. */
function removeStrayFolders(folder: string, wanted: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const { name } = entry;
    if (!entry.isDirectory() || LEFT_ALONE.has(name)) continue;
    const inside = join(folder, name);
    removeStrayFolders(inside, join(wanted, name));
    if (!existsSync(join(wanted, name)) && readdirSync(inside).length === 0) rmdirSync(inside);
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
