import { existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runProgram, type Ended, type ProgramOptions } from "../support/run-program.ts";
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
});
