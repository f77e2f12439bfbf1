import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fingerprintFolder } from "../../packages/learn/src/folder-files.ts";
import { keepBeginning, keepStep, resetToBeginning, undoStep } from "../../packages/learn/src/snapshots.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "limbeck-learn-snapshots-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (path: string, text: string): void => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const read = (path: string): string => readFileSync(join(folder, path), "utf8");

describe("snapshots", () => {
  it("lead back step by step, and no further than to the beginning", () => {
    write("a.txt", "0");
    keepBeginning(folder);
    for (const text of ["1", "2"]) {
      write("a.txt", text);
      keepStep(folder);
    }
    write("a.txt", "3");
    const seen: string[] = [];
    while (undoStep(folder)) seen.push(read("a.txt"));
    expect(seen).toEqual(["2", "1", "0"]);
  });

  it("keep a state once, however often it is checked", () => {
    write("a.txt", "0");
    keepBeginning(folder);
    write("a.txt", "1");
    for (let times = 0; times < 3; times += 1) keepStep(folder);
    expect(undoStep(folder)).toBe(true);
    expect(read("a.txt")).toBe("0");
  });

  it("leave packages, Git and unchanged folders alone, and take new ones away", () => {
    write("labs/one/a.txt", "0");
    write("node_modules/limbeck/index.js", "package");
    write(".git/HEAD", "main");
    keepBeginning(folder);
    const { ino } = statSync(join(folder, "labs/one"));
    write("labs/one/a.txt", "1");
    write("labs/two/b.txt", "1");
    write(".git/HEAD", "other");
    expect(resetToBeginning(folder)).toBe(true);
    expect(read("labs/one/a.txt")).toBe("0");
    expect(statSync(join(folder, "labs/one")).ino).toBe(ino);
    expect(existsSync(join(folder, "labs/two"))).toBe(false);
    expect(read("node_modules/limbeck/index.js")).toBe("package");
    expect(read(".git/HEAD")).toBe("other");
  });

  it("are not disturbed by links that lead nowhere, and by what SQLite has only for a while", () => {
    write("todo.db", "rows");
    const before = fingerprintFolder(folder);
    write("todo.db-journal", "half");
    write("todo.db-wal", "");
    expect(fingerprintFolder(folder)).toBe(before);
    symlinkSync(join(folder, "nowhere"), join(folder, "link"));
    expect(fingerprintFolder(folder)).toBe(before);
    keepBeginning(folder);
    write("todo.db", "other rows");
    expect(fingerprintFolder(folder)).not.toBe(before);
    expect(resetToBeginning(folder)).toBe(true);
    expect(read("todo.db")).toBe("rows");
    expect(existsSync(join(folder, "todo.db-journal"))).toBe(false);
    expect(lstatSync(join(folder, "link")).isSymbolicLink()).toBe(true);
  });

  it("remove nothing of which they have no copy, in folders that came later either", () => {
    write("a.txt", "0");
    keepBeginning(folder);
    write("mine/notes.txt", "mine");
    write("mine/.git/HEAD", "ref: refs/heads/main");
    write("mine/node_modules/some/index.js", "");
    symlinkSync(join(folder, "a.txt"), join(folder, "mine/link"));
    write("later/deep/b.txt", "1");
    expect(resetToBeginning(folder)).toBe(true);
    expect(existsSync(join(folder, "later"))).toBe(false);
    expect(existsSync(join(folder, "mine/notes.txt"))).toBe(false);
    expect(read("mine/.git/HEAD")).toBe("ref: refs/heads/main");
    expect(existsSync(join(folder, "mine/node_modules/some/index.js"))).toBe(true);
    expect(lstatSync(join(folder, "mine/link")).isSymbolicLink()).toBe(true);
    expect(undoStep(folder)).toBe(true);
    expect(read("mine/notes.txt")).toBe("mine");
  });
});
