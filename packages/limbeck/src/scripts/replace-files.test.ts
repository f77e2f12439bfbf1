import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { replaceFiles, type FileChange, type Rename } from "./replace-files.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "limbeck-replace-"));
  for (const name of ["a.ts", "b.ts", "c.ts"]) writeFileSync(join(folder, name), `old ${name}\n`);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const change = (name: string, before = `old ${name}\n`): FileChange => ({
  path: join(folder, name),
  before,
  after: `new ${name}\n`,
});

const read = (): Readonly<Record<string, string>> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));

const UNTOUCHED = { "a.ts": "old a.ts\n", "b.ts": "old b.ts\n", "c.ts": "old c.ts\n" };

function failure(changes: readonly FileChange[], rename?: Rename): LimbeckError {
  try {
    replaceFiles(changes, rename);
  } catch (error) {
    if (error instanceof LimbeckError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

describe("replaceFiles", () => {
  it("gives each file its new text, keeps its mode, and leaves nothing else", () => {
    chmodSync(join(folder, "a.ts"), 0o664);
    replaceFiles([change("a.ts"), change("c.ts")]);
    expect(read()).toEqual({ ...UNTOUCHED, "a.ts": "new a.ts\n", "c.ts": "new c.ts\n" });
    expect(statSync(join(folder, "a.ts")).mode % 0o1000).toBe(0o664);
  });

  it("writes to where a link leads, and leaves the link", () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "limbeck-replace-"));
    writeFileSync(join(elsewhere, "real.ts"), "old d.ts\n");
    symlinkSync(join(elsewhere, "real.ts"), join(folder, "d.ts"));
    replaceFiles([change("d.ts")]);
    expect(readFileSync(join(elsewhere, "real.ts"), "utf8")).toBe("new d.ts\n");
    expect(statSync(join(folder, "d.ts")).ino).toBe(statSync(join(elsewhere, "real.ts")).ino);
    rmSync(elsewhere, { recursive: true });
  });

  it("changes nothing where one file is not what it was", () => {
    expect(failure([change("a.ts"), change("b.ts", "other")])).toMatchObject({ code: "LB1228" });
    expect(read()).toEqual(UNTOUCHED);
  });

  it("changes nothing where one file is not there", () => {
    expect(failure([change("a.ts"), change("x.ts")])).toMatchObject({
      code: "LB1229",
      context: { path: join(folder, "x.ts") },
    });
    expect(read()).toEqual(UNTOUCHED);
  });

  it.each([1, 2, 3])("gives back the old texts where replacement %d fails", (fatal) => {
    let count = 0;
    const rename: Rename = (from, to) => {
      count += 1;
      if (count === fatal) throw Object.assign(new Error("EIO: i/o error"), { code: "EIO" });
      renameSync(from, to);
    };
    expect(
      failure(
        ["a.ts", "b.ts", "c.ts"].map((name) => change(name)),
        rename,
      ),
    ).toMatchObject({ code: "LB1229" });
    expect(read()).toEqual(UNTOUCHED);
  });

  it("gives back what it can, and says which files have the new text", () => {
    let count = 0;
    const rename: Rename = (from, to) => {
      count += 1;
      // The third replacement fails, and then the first old text that is given back.
      if (count === 3 || count === 4) throw Object.assign(new Error("EIO: i/o error"), { code: "EIO" });
      renameSync(from, to);
    };
    expect(
      failure(
        ["a.ts", "b.ts", "c.ts"].map((name) => change(name)),
        rename,
      ),
    ).toMatchObject({ code: "LB1230", context: { path: join(folder, "c.ts"), changed: [join(folder, "a.ts")] } });
    expect(read()).toEqual({ ...UNTOUCHED, "a.ts": "new a.ts\n" });
  });
});
