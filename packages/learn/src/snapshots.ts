import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { copyFiles, fingerprintFolder } from "./folder-files.ts";
import { OWN_FOLDER } from "./progress.ts";

/** How many steps back there are, besides the one to the beginning of the exercise. */
const MOST_KEPT = 20;

const BEGINNING = "begin";

const folderOf = (folder: string): string => join(folder, OWN_FOLDER, "snapshots");

const listNumbers = (folder: string): readonly number[] =>
  existsSync(folderOf(folder))
    ? readdirSync(folderOf(folder))
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
        .toSorted((a, b) => a - b)
    : [];

/** What a file says in each of the remembered states that have it. */
export function readRemembered(folder: string, path: string): readonly string[] {
  const names = [BEGINNING, ...listNumbers(folder).map(String)];
  return names
    .map((name) => join(folderOf(folder), name, path))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "utf8").trim());
}

/** Remembers how an exercise begins, and forgets what was before. */
export function keepBeginning(folder: string): void {
  rmSync(folderOf(folder), { recursive: true, force: true });
  // The password of a server may be in a file.
  mkdirSync(folderOf(folder), { recursive: true, mode: 0o700 });
  copyFiles(folder, join(folderOf(folder), BEGINNING));
}

/** Remembers files and database as they are, unless they are as they were. */
export function keepStep(folder: string): void {
  const numbers = listNumbers(folder);
  const last = join(folderOf(folder), String(numbers.at(-1) ?? BEGINNING));
  if (existsSync(last) && fingerprintFolder(last) === fingerprintFolder(folder)) return;
  copyFiles(folder, join(folderOf(folder), String((numbers.at(-1) ?? 0) + 1)));
  for (const old of numbers.slice(0, Math.max(0, numbers.length + 1 - MOST_KEPT)))
    rmSync(join(folderOf(folder), String(old)), { recursive: true });
}

/**
 * Goes back to how files and database were at the last step that differs from now.
 *
 * @returns whether there was one
 */
export function undoStep(folder: string): boolean {
  const now = fingerprintFolder(folder);
  for (const name of [...listNumbers(folder).map(String).toReversed(), BEGINNING]) {
    const snapshot = join(folderOf(folder), name);
    if (!existsSync(snapshot)) return false;
    if (fingerprintFolder(snapshot) !== now) {
      copyFiles(snapshot, folder);
      return true;
    }
    if (name !== BEGINNING) rmSync(snapshot, { recursive: true });
  }
  return false;
}

/**
 * Goes back to how files and database were when the exercise began. What is now is remembered, so that this too can be undone.
 *
 * @returns whether anything had changed
 */
export function resetToBeginning(folder: string): boolean {
  const snapshot = join(folderOf(folder), BEGINNING);
  if (!existsSync(snapshot) || fingerprintFolder(snapshot) === fingerprintFolder(folder)) return false;
  keepStep(folder);
  copyFiles(snapshot, folder);
  return true;
}
