import { spawn } from "node:child_process";
import { existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BIN, runProgram, type Ended, type ProgramOptions } from "../support/run-program.ts";
import { createTodoProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTodoProject();
});

afterEach(() => project.dispose());

const run = (args: readonly string[], options?: ProgramOptions): Promise<Ended> =>
  runProgram(project.folder, args, options);

describe("the process", () => {
  it("keeps what the project says on the console apart from the data", async () => {
    const loud = `console.log("from the config"); export default { url: "sqlite:todo.db" };\n`;
    project.write("limbeck.config.ts", loud);
    project.writeRevision("a003", "a002", "loud", { up: `console.log("from a revision"); console.table([1]);` });
    for (const line of ["upgrade head --sql", "upgrade head --dry-run", "upgrade head --json"]) {
      const { status, stdout, stderr } = await run(line.split(" "));
      expect([line, status, stdout]).toEqual([line, 0, expect.not.stringContaining("from ")]);
      expect(stderr).toContain("from the config\n");
      expect(stderr).toContain("from a revision\n");
    }
    const { stdout } = await run(["current", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  });

  it("tells its story after the data where both go into one pipe that is read late", async () => {
    // A pipe takes 64 kB before anybody reads.
    const statement = `CREATE TABLE notes (id integer PRIMARY KEY, body text DEFAULT '${"long ".repeat(20_000)}')`;
    project.write("schema.sql", `${statement};\n`);
    project.write("limbeck.config.ts", `export default { url: "sqlite:todo.db", models: "schema.sql" };\n`);
    const { stdout, stderr } = await run(["diff", "--sql"]);
    expect(stdout.length).toBeGreaterThan(100_000);
    const shell = spawn("sh", ["-c", '"$0" "$@" 2>&1 | { sleep 1; cat; }', process.execPath, BIN, "diff", "--sql"], {
      cwd: project.folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    expect(await readText(shell.stdout)).toBe(stdout + stderr);
  });

  it("prints its version and nothing else", async () => {
    const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
    const { status, stdout, stderr } = await run(["--version"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(manifest).toMatchObject({ version: stdout.trim() });
  });

  it("runs a command without warnings", async () => {
    expect(await run(["upgrade", "head", "-q"])).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(await run(["current"])).toEqual({ status: 0, stdout: "a002 (head)\n", stderr: "" });
    expect(await run(["upgrade"])).toMatchObject({ status: 2, stdout: "" });
  });

  it("ends although the config left something open", async () => {
    project.write("limbeck.config.ts", `setInterval(() => {}, 1000);\nexport default { url: "sqlite:todo.db" };\n`);
    expect(await run(["heads"])).toEqual({ status: 0, stdout: "a002 (head)\n", stderr: "" });
  });

  it.each([
    ["ends the process", `process.exit(0);`],
    ["waits for what never comes", `await new Promise(() => {});`],
  ])("never passes for a success when a revision %s", async (_, up) => {
    project.writeRevision("a003", "a002", "break", { up });
    const { status, stderr } = await run(["upgrade", "head"]);
    expect(status).toBe(2);
    expect(stderr).toContain("LB0014");
    expect((await run(["current"])).stdout).toBe("a002\n");
  });

  it("reports an error that nobody waits for, in JSON too", async () => {
    const stray = `setTimeout(() => { throw new Error("stray"); }, 1);\nawait new Promise((resolve) => setTimeout(resolve, 2000));\n`;
    project.write("limbeck.config.ts", `${stray}export default { url: "sqlite:todo.db" };\n`);
    const { status, stdout, stderr } = await run(["heads"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^✖ LB0099 .*stray\n {6}at .*limbeck\.config\.ts:1/);
    const inJson = await run(["heads", "--json"]);
    expect(inJson).toMatchObject({ status: 1, stderr: "" });
    expect(JSON.parse(inJson.stdout)).toMatchObject({ ok: false, command: "heads", error: { code: "LB0099" } });
  });

  it("finishes a migration although nobody reads its story any more", async () => {
    const { status } = await run(["upgrade", "head"], { onStderr: (child) => child.stderr?.destroy() });
    expect(status).toBe(0);
    expect((await run(["current"])).stdout).toBe("a002 (head)\n");
  });

  it.runIf(existsSync("/dev/full"))("fails when its output cannot be written", async () => {
    const { status, stderr } = await run(["history"], { stdout: openSync("/dev/full", "w") });
    expect(status).toBe(2);
    expect(stderr).toContain("LB0013");
  });

  it("gives the editor its files, and keeps what it prints apart from the data", async () => {
    const editor = (...lines: readonly string[]): string => {
      project.write("my editor.mjs", lines.join("\n"));
      return `${process.execPath} 'my editor.mjs' --wait`;
    };
    const code = `import { appendFileSync } from "node:fs"; console.log("drawn on stdout", ...process.argv.slice(2, -1));`;
    const edited = await run(["edit", "a001"], {
      env: { EDITOR: editor(code, `appendFileSync(process.argv.at(-1), "// edited\\n");`) },
    });
    expect(edited).toEqual({
      status: 0,
      stdout: "migrations/versions/a001_initial.ts\n",
      stderr: "drawn on stdout --wait\nNext: limbeck test a001\n",
    });
    expect(project.read("migrations/versions/a001_initial.ts")).toMatch(/\n\/\/ edited\n$/);
    const failed = await run(["edit", "a001"], { env: { VISUAL: editor("process.exit(9);"), EDITOR: "never" } });
    expect(failed).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("It ended with exit code 9."),
    });
    expect(await run(["edit", "a001"])).toMatchObject({ status: 2, stderr: expect.stringContaining("LB1051") });
  });

  it("leaves Ctrl-C to the editor", async () => {
    const code = `process.on("SIGINT", () => { console.log("heard"); process.exit(0); }); console.log("open"); setInterval(() => {}, 99);`;
    project.write("editor.mjs", code);
    const ended = await run(["edit", "a001"], {
      env: { EDITOR: `${process.execPath} editor.mjs` },
      onStderr: (child, text) => {
        // A terminal sends it to every process in front of it.
        if (text === "open\n" && child.pid !== undefined) process.kill(-child.pid, "SIGINT");
      },
      detached: true,
    });
    expect(ended).toEqual({
      status: 0,
      stdout: "migrations/versions/a001_initial.ts\n",
      stderr: "open\nheard\nNext: limbeck test a001\n",
    });
  });
});
