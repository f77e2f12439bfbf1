import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ScriptError } from "../kernel/errors/script-errors.ts";
import type { RevisionFile } from "./revision-file.ts";
import type { VersionLocations } from "./list-revision-files.ts";
import { addRevisionFile, readScriptDirectory, writeRevisionFile } from "./script-directory.ts";

let root = "";
let versions = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "limbeck-scripts-"));
  versions = join(root, "migrations/versions");
  mkdirSync(versions, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const readVersions = (): readonly RevisionFile[] =>
  readScriptDirectory({ versionLocations: [versions], recursiveVersionLocations: false });

const write = (name: string, text: string): void => writeFileSync(join(versions, name), text);
const revision = (id: string, parent: string | null): string =>
  `export const revision = ${JSON.stringify(id)};\nexport const downRevision = ${JSON.stringify(parent)};\n`;

function errorOf(run: () => unknown): ScriptError {
  try {
    run();
  } catch (error) {
    if (error instanceof ScriptError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

describe("readScriptDirectory", () => {
  it.each(["001.ts", "001.sql"])("refuses a file that is not UTF-8, and names the line: %s", (name) => {
    const text = name.endsWith("ts") ? revision("a", null) : "-- revision: a\n-- down_revision: none\n";
    // The sign that stands for what cannot be read may be written on purpose.
    writeFileSync(join(versions, name), `${text}-- \uFFFD`);
    expect(readVersions()).toHaveLength(1);
    writeFileSync(join(versions, name), Buffer.from(`${text}-- \u00FC`, "latin1"));
    expect(errorOf(() => readVersions())).toMatchObject({
      reason: "fileNotText",
      context: { path: join(versions, name), line: 3 },
    });
  });

  it("reads .ts, .js and .mjs, sorted by name, and gives the path and the message", () => {
    write("002_add_due_date.js", revision("b", "a"));
    write("001.ts", `/** Create the todos */\n${revision("a", null)}`);
    write("003_x.mjs", revision("c", "b"));
    const plain = { branchLabels: [], dependsOn: [], replaces: [] };
    expect(readVersions()).toEqual([
      {
        ...plain,
        revision: "a",
        downRevision: [],
        path: join(versions, "001.ts"),
        message: "Create the todos",
        doc: "Create the todos",
      },
      {
        ...plain,
        revision: "b",
        downRevision: ["a"],
        path: join(versions, "002_add_due_date.js"),
        message: "add due date",
        doc: "",
      },
      { ...plain, revision: "c", downRevision: ["b"], path: join(versions, "003_x.mjs"), message: "x", doc: "" },
    ]);
  });

  it("passes over everything that is no revision", () => {
    for (const name of [
      ".hidden.ts",
      "_shared.ts",
      "a.d.ts",
      "a.test.ts",
      "a.spec.js",
      "a.test-d.ts",
      "a.js.map",
      "a.sql.bak",
      "README.md",
    ]) {
      write(name, "not a revision");
    }
    mkdirSync(join(versions, "folder.ts"));
    expect(readVersions()).toEqual([]);
  });

  it("never runs a file", () => {
    write("001.ts", `${revision("a", null)}throw new Error("I ran");`);
    expect(readVersions().map((file) => file.revision)).toEqual(["a"]);
  });

  it("names both files that have the same id", () => {
    write("001.ts", revision("a", null));
    write("002.js", revision("a", null));
    expect(errorOf(() => readVersions())).toMatchObject({
      code: "LB0205",
      context: { revision: "a", paths: [join(versions, "001.ts"), join(versions, "002.js")] },
    });
  });

  it("fails on a link that leads nowhere instead of skipping a revision", () => {
    symlinkSync(join(root, "gone.ts"), join(versions, "001.ts"));
    expect(errorOf(() => readVersions())).toMatchObject({
      code: "LB0202",
      context: { path: join(versions, "001.ts") },
    });
  });

  it("takes a missing versions folder for an empty one, because Git keeps no empty folders", () => {
    rmSync(versions, { recursive: true });
    expect(readVersions()).toEqual([]);
  });

  it("says how to make the migrations folder when there is none", () => {
    rmSync(join(root, "migrations"), { recursive: true });
    expect(errorOf(() => readVersions())).toMatchObject({
      code: "LB0201",
      fix: [`mkdir -p ${versions}`],
      context: { path: join(root, "migrations"), location: versions },
    });
  });

  it("says so when the versions folder is a file", () => {
    rmSync(versions, { recursive: true });
    writeFileSync(versions, "");
    expect(errorOf(() => readVersions())).toMatchObject({ code: "LB0202", context: { path: versions } });
  });
});

describe("addRevisionFile", () => {
  const locations = (): VersionLocations => ({ versionLocations: [versions], recursiveVersionLocations: false });

  it("takes a squash away again where another terminal has squashed some of the same meanwhile", () => {
    const add = (id: string, replaces: readonly string[]): void =>
      addRevisionFile(locations(), {
        path: join(versions, `${id}.ts`),
        revision: id,
        text: `${revision(id, null)}\nexport const replaces = ${JSON.stringify(replaces)};\n`,
        replaces,
        known: new Set(),
      });
    add("s1", ["a1", "a2"]);
    add("s2", ["b1", "b2"]);
    expect(errorOf(() => add("s3", ["a2", "a3"]))).toMatchObject({ code: "LB0225", context: { squash: "s1" } });
    expect(readdirSync(versions)).toEqual(["s1.ts", "s2.ts"]);
  });

  it("takes the file away again where another terminal has written the same revision meanwhile", () => {
    const add = (name: string): void =>
      addRevisionFile(locations(), {
        path: join(versions, name),
        revision: "a",
        text: revision("a", null),
        known: new Set(),
      });
    write("000_broken.ts", "");
    add("001_mine.ts");
    expect(errorOf(() => add("002_theirs.ts"))).toMatchObject({
      code: "LB0215",
      context: { path: join(versions, "001_mine.ts") },
    });
    expect(readdirSync(versions)).toEqual(["000_broken.ts", "001_mine.ts"]);
  });
});

describe("writeRevisionFile", () => {
  it("writes the text, and makes the folder when it is missing", () => {
    rmSync(versions, { recursive: true });
    writeRevisionFile(join(versions, "001.ts"), "größe\n");
    expect(readFileSync(join(versions, "001.ts"), "utf8")).toBe("größe\n");
  });

  it("never overwrites", () => {
    write("001.ts", "mine");
    expect(errorOf(() => writeRevisionFile(join(versions, "001.ts"), "theirs"))).toMatchObject({ code: "LB0206" });
    expect(readFileSync(join(versions, "001.ts"), "utf8")).toBe("mine");
  });

  it("fails with the reason when the name cannot be created", () => {
    expect(errorOf(() => writeRevisionFile(join(versions, `${"x".repeat(300)}.ts`), ""))).toMatchObject({
      code: "LB0207",
      why: "The name is too long for the file system.",
    });
  });

  it("leaves nothing where there is no room for all of it", () => {
    const path = join(versions, "001.ts");
    const script = `
      const { writeRevisionFile } = await import(${JSON.stringify(new URL("script-directory.ts", import.meta.url).href)});
      process.on("SIGXFSZ", () => undefined);
      try { writeRevisionFile(${JSON.stringify(path)}, "x".repeat(100_000)); } catch (error) { console.log(error.code); }`;
    const run = ["ulimit -f 16", 'exec "$0" --input-type=module --eval "$1"'].join("; ");
    const { stdout } = spawnSync("bash", ["-c", run, process.execPath, script], { encoding: "utf8" });
    expect(stdout.trim()).toBe("LB0207");
    expect(existsSync(path)).toBe(false);
  });

  it("leaves no part of a revision where the process is killed while it writes", () => {
    const script = `
      const fs = (await import("node:fs")).default;
      const { syncBuiltinESMExports } = await import("node:module");
      const { writeFileSync } = fs;
      fs.writeFileSync = (file, text, options) => {
        writeFileSync(file, text.slice(0, 10), options);
        process.kill(process.pid, "SIGKILL");
      };
      syncBuiltinESMExports();
      const { writeRevisionFile } = await import(${JSON.stringify(new URL("script-directory.ts", import.meta.url).href)});
      writeRevisionFile(${JSON.stringify(join(versions, "001.ts"))}, ${JSON.stringify(revision("a", null))});`;
    const { signal } = spawnSync(process.execPath, ["--input-type=module", "--eval", script]);
    expect(signal).toBe("SIGKILL");
    expect(readVersions()).toEqual([]);
  });

  it("leaves nothing in a read-only folder", () => {
    chmodSync(root, 0o755);
    chmodSync(join(root, "migrations"), 0o755);
    chmodSync(versions, 0o555);
    const path = join(versions, "001.ts");
    const script = `
      const { writeRevisionFile } = await import(${JSON.stringify(new URL("script-directory.ts", import.meta.url).href)});
      try { writeRevisionFile(${JSON.stringify(path)}, "text"); } catch (error) { console.log(error.code, error.why); }`;
    // The superuser may write anywhere, so somebody else has to try.
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      encoding: "utf8",
      ...user,
    });
    expect(stdout.trim()).toBe("LB0207 Permission denied.");
    expect(existsSync(path)).toBe(false);
  });
});
