import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { OWN_FOLDER } from "./progress.ts";

/** What is neither kept nor brought back: the packages, the history of Git, and what is ours. */
const LEFT_ALONE: ReadonlySet<string> = new Set(["node_modules", ".git", OWN_FOLDER]);

/** How many steps back there are, besides the one to the beginning of the exercise. */
const MOST_KEPT = 20;

const BEGINNING = "begin";

const folderOf = (folder: string): string => join(folder, OWN_FOLDER, "snapshots");

const listEntries = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => !LEFT_ALONE.has(name))
    .toSorted();

/** A snapshot holds everything, so its own `node_modules`, if there are any, count. */
const listFiles = (folder: string): readonly string[] =>
  listEntries(folder).flatMap((entry) =>
    readdirSync(folder, { withFileTypes: true }).some((one) => one.name === entry && one.isDirectory())
      ? listFiles(join(folder, entry)).map((path) => `${entry}/${path}`)
      : [entry],
  );

/** Stands for all files of a folder, a SQLite database among them. */
export function fingerprintFolder(folder: string): string {
  const hash = createHash("sha256");
  for (const path of listFiles(folder)) {
    // A reader leaves these behind, or takes them away, and changes nothing.
    if (/-(?:wal|shm|journal)$/.test(path) && readFileSync(join(folder, path)).length === 0) continue;
    if (path.endsWith("-shm")) continue;
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(folder, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

function copyAll(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of listEntries(from)) cpSync(join(from, name), join(to, name), { recursive: true });
}

const listNumbers = (folder: string): readonly number[] =>
  existsSync(folderOf(folder))
    ? readdirSync(folderOf(folder))
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
        .toSorted((a, b) => a - b)
    : [];

/** Remembers how an exercise begins, and forgets what was before. */
export function keepBeginning(folder: string): void {
  rmSync(folderOf(folder), { recursive: true, force: true });
  copyAll(folder, join(folderOf(folder), BEGINNING));
}

/** Remembers files and database as they are, unless they are as they were. */
export function keepStep(folder: string): void {
  const numbers = listNumbers(folder);
  const last = join(folderOf(folder), String(numbers.at(-1) ?? BEGINNING));
  if (existsSync(last) && fingerprintFolder(last) === fingerprintFolder(folder)) return;
  copyAll(folder, join(folderOf(folder), String((numbers.at(-1) ?? 0) + 1)));
  for (const old of numbers.slice(0, Math.max(0, numbers.length + 1 - MOST_KEPT)))
    rmSync(join(folderOf(folder), String(old)), { recursive: true });
}

function bringBack(folder: string, snapshot: string): void {
  for (const name of listEntries(folder)) rmSync(join(folder, name), { recursive: true });
  copyAll(snapshot, folder);
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
      bringBack(folder, snapshot);
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
  bringBack(folder, snapshot);
  return true;
}
