import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runInFakeWorld, type Run } from "../../src/cli/fake-world.ts";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

/** Where the project lies: what a shell would make something of, it must not be given. */
const FOLDER = "my \"$(touch pwned)\" 'todo'; touch pwned $& $$ #";

beforeEach(() => {
  project = createTestProject();
  project.write(`${FOLDER}/migrations/versions/.gitkeep`, "");
});

afterEach(() => project.dispose());

const at = (name: string): string => `${FOLDER}/${name}`;

let configs = 0;

/** Writes a config; each under a name of its own, because a process imports a file only once. */
function configure(hooks: string, rest = ""): string {
  configs += 1;
  const name = `hooks${configs}.config.mjs`;
  project.write(at(name), `export default { url: "sqlite:todo.db", ${rest} postWriteHooks: ${hooks} };\n`);
  return name;
}

/** A program that writes down its arguments and the folder it runs in. */
function writeProgram(name: string, code: string): void {
  project.write(at(name), `#!${process.execPath}\n${code}\n`);
  chmodSync(join(project.folder, at(name)), 0o755);
}

const NOTE = `
const fs = require("node:fs");
fs.appendFileSync(process.env.NOTES, JSON.stringify({ cwd: process.cwd(), args: process.argv.slice(2) }) + "\\n");`;

function write(config: string, line = "revision -m first --rev-id aaaa1", env = {}): Promise<Run> {
  return runInFakeWorld([...line.split(" "), "-c", config], {
    cwd: join(project.folder, FOLDER),
    env: { PATH: process.env["PATH"], NOTES: join(project.folder, "notes"), ...env },
  });
}

const notes = (): readonly unknown[] =>
  project
    .read("notes")
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));

const FILE = "migrations/versions/2026_02_21_001_first.ts";

const filePath = (): string => join(project.folder, at(FILE));

describe("hooks after a revision file was written", () => {
  it("get its path: last, or in place of the placeholder; without a shell", async () => {
    writeProgram("node_modules/.bin/note", NOTE);
    writeProgram("tools/my note", NOTE);
    const config = configure(`[
      { command: ["note", "--one", "$(touch pwned)"] },
      { command: 'note --file=REVISION_SCRIPT_FILENAME "two words" REVISION_SCRIPT_FILENAME', cwd: "migrations" },
      { command: '"tools/my note"', name: "third" },
    ]`);
    const { exitCode, stdout, stderr } = await write(config);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${FILE}\n` });
    expect(stderr).toBe(
      `Revision aaaa1, on top of base.\nWrite its upgrade and downgrade now.\nNext: limbeck --config ${config} show aaaa1\n`,
    );
    const path = filePath();
    const cwd = join(project.folder, FOLDER);
    expect(notes()).toEqual([
      { cwd, args: ["--one", "$(touch pwned)", path] },
      { cwd: join(cwd, "migrations"), args: [`--file=${path}`, "two words", path] },
      { cwd, args: [path] },
    ]);
    expect(project.has("pwned") || project.has(at("pwned"))).toBe(false);
  });

  it("may be functions of the config, and are told of in JSON", async () => {
    const config = configure(`[
      async function stamp(path) {
        const { appendFile } = await import("node:fs/promises");
        await appendFile(path, "// stamped\\n");
      },
      { command: ["${process.execPath}", "-e", "console.log('formatted'); console.error('twice')"], name: "format" },
    ]`);
    const { exitCode, stdout, stderr } = await write(config, "revision -m first --rev-id aaaa1 --json");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      data: {
        hooks: [
          { name: "stamp", output: "" },
          { name: "format", output: expect.stringMatching(/^(formatted\ntwice|twice\nformatted)\n$/) },
        ],
      },
    });
    expect(project.read(at(FILE))).toMatch(/\n\/\/ stamped\n$/);
  });

  it("are heard", async () => {
    const config = configure(
      `[{ command: ["${process.execPath}", "-e", "console.log('1 file changed')"], name: "format" }]`,
    );
    const { stderr } = await write(config);
    expect(stderr).toContain("The hook format says:\n1 file changed\n");
  });

  it("fail the command when one fails, and the file stays", async () => {
    writeProgram("lint.js", `console.log("line 7: too long"); console.error("1 problem"); process.exit(3);`);
    const after = configure(`[{ command: "./lint.js --strict" }, { command: ["./lint.js"], name: "never" }]`);
    const { exitCode, stdout, stderr } = await write(after, "revision -m first --rev-id aaaa1 --json");
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: "" });
    const path = filePath();
    const { error } = JSON.parse(stdout) as { error: { why: string; fix: string[] } };
    expect(error).toMatchObject({
      code: "LB0240",
      title: `${path} was written, but the hook lint.js failed on it.`,
      why: expect.stringMatching(
        /^It ended with exit code 3\.\n {4}(line 7: too long\n {4}1 problem|1 problem\n {4}line)/,
      ),
    });
    expect(error.fix[0]).toMatch(/^\.\/lint\.js --strict '/);
    expect(project.has(at(FILE))).toBe(true);
    expect((await write(after, "heads")).stdout).toBe("aaaa1 (head)\n");
  });

  it.each([
    ["a program that is not there", `{ command: "no-such-program -x" }`, "There is no program no-such-program."],
    ["a folder that is not there", `{ command: "node -v", cwd: "nowhere" }`, "There is no folder "],
    ["a file that may not be run", `{ command: "./plain.txt" }`, "Permission denied."],
    ["a program that is killed", `{ command: ["sh", "-c", "kill -9 $$"] }`, "It was ended by SIGKILL."],
    ["a function that throws", `() => { throw new Error("no licence"); }`, "It threw an error: no licence"],
  ])("fail the command: %s", async (_, hook, why) => {
    project.write(at("plain.txt"), "");
    const { exitCode, stdout } = await write(configure(`[${hook}]`), "revision -m first --rev-id aaaa1 --json");
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "LB0240", why: expect.stringContaining(why) } });
    expect(project.has(at(FILE))).toBe(true);
  });

  it.each([
    ["another id", `s/aaaa1/aaaa2/`, "It declares another revision."],
    ["another parent", `s/downRevision = null/downRevision = "base1"/`, "It declares another downRevision."],
    ["labels that are no text", `s/: string.. = ../ = [...process.argv]/`, "branchLabels must be written out."],
    ["nothing", `d`, "has no revision."],
  ])("must not make another revision of it: %s", async (_, script, why) => {
    const config = configure(`[{ command: ["sed", "-i", ${JSON.stringify(script)}] }]`);
    const { exitCode, stdout } = await write(config, "revision -m first --rev-id aaaa1 --json");
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        code: "LB0241",
        title: expect.stringContaining("After the hook sed, "),
        why: expect.stringContaining(why),
      },
    });
  });

  it("must not take it away", async () => {
    const { exitCode, stdout } = await write(configure(`[{ command: "rm" }]`), "revision -m x --rev-id aaaa1 --json");
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: "LB0241", why: expect.stringContaining("cannot be read") },
    });
  });

  describe("on a generated revision", () => {
    const models = `models: async () => {
      const { integer, table } = await import("limbeck/schema");
      return table("todos", { id: integer().primaryKey() });
    },`;
    const line = "revision -m first --rev-id aaaa1 --autogenerate --json";

    it("may write it in another way", async () => {
      const config = configure(`[{ command: ["sed", "-i", "s/^  /\\t/"] }]`, models);
      const { stdout } = await write(config, line);
      expect(JSON.parse(stdout)).toMatchObject({ ok: true, data: { proof: "proven" } });
      expect(project.read(at(FILE))).toContain("\n\tawait op.createTable(");
      expect((await write(config, "upgrade head")).exitCode).toBe(0);
    });

    it.each([
      ["its upgrade does something else", `s/id: integer()/key: integer()/`, "is not what the models describe"],
      ["its downgrade does nothing", `s/await op.dropTable.*//`, "does not give back the schema"],
      ["it is broken", `s/await op.dropTable.*/((/`, ""],
    ])("are told when %s, because it is tried again", async (_, script, why) => {
      const config = configure(`[{ command: ["sed", "-i", ${JSON.stringify(script)}] }]`, models);
      const { exitCode, stdout } = await write(config, line);
      expect(exitCode).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: "LB0242", why: expect.stringContaining(why) } });
    });
  });
});

describe("the programs of hooks", () => {
  it("are found in node_modules of the config's folder first, then in those around it", async () => {
    mkdirSync(join(project.folder, "node_modules/.bin"), { recursive: true });
    project.write("node_modules/.bin/note", `#!/bin/sh\necho outer\n`);
    project.write("node_modules/.bin/other", `#!/bin/sh\necho outer\n`);
    project.write(at("node_modules/.bin/note"), `#!/bin/sh\necho inner\n`);
    for (const name of ["node_modules/.bin/note", "node_modules/.bin/other", at("node_modules/.bin/note")]) {
      chmodSync(join(project.folder, name), 0o755);
    }
    const { stdout } = await write(
      configure(`[{ command: "note" }, { command: "other" }]`),
      "revision -m first --rev-id aaaa1 --json",
    );
    expect(JSON.parse(stdout)).toMatchObject({ data: { hooks: [{ output: "inner\n" }, { output: "outer\n" }] } });
  });
});
