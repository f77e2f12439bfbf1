import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sweepCopies } from "./sweep-copies.ts";

let parent = "";

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "limbeck-sweep-"));
});

afterEach(() => rmSync(parent, { recursive: true, force: true }));

/** Makes a folder like that of a copy, last changed some minutes ago. */
function leave(name: string, minutes: number, content?: string | Uint8Array): string {
  const folder = join(parent, name);
  mkdirSync(folder);
  if (content !== undefined) writeFileSync(join(folder, "copy.db"), content);
  const then = Date.now() / 1000 - minutes * 60;
  for (const path of [join(folder, "copy.db"), folder]) if (existsSync(path)) utimesSync(path, then, then);
  return folder;
}

it("erases what nobody works on any more, and nothing else", async () => {
  const gone = [
    leave("limbeck-copy-a", 2),
    leave("limbeck-copy-b", 2, "SQLite format 3\0half"),
    leave("limbeck-copy-c", 2, ""),
  ];
  const kept = [leave("limbeck-copy-d", 0), leave("limbeck-copy-e", 0, "half"), leave("other-copy-f", 9, "mine")];
  await sweepCopies(parent);
  expect(gone.map((path) => existsSync(path))).toEqual([false, false, false]);
  expect(kept.map((path) => existsSync(path))).toEqual([true, true, true]);
});

it("leaves a copy alone as long as somebody is writing it", async () => {
  const folder = leave("limbeck-copy-a", 2, "");
  const writer = new DatabaseSync(join(folder, "copy.db"));
  writer.exec("BEGIN IMMEDIATE");
  await sweepCopies(parent, Date.now() + 120_000);
  expect(existsSync(folder)).toBe(true);
  writer.exec("ROLLBACK");
  writer.close();
  await sweepCopies(parent, Date.now() + 120_000);
  expect(existsSync(folder)).toBe(false);
});
