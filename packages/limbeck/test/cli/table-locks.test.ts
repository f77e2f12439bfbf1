import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import type { Connection } from "../../src/dialect/connection.ts";
import { createTodoProject, type TestProject } from "./test-project.ts";

let project: TestProject;
let holder: Connection | undefined;

beforeEach(() => {
  project = createTodoProject();
});

afterEach(async () => {
  await holder?.close();
  holder = undefined;
  project.dispose();
});

const config = (keys: string): void =>
  project.write("limbeck.config.ts", `export default { url: "sqlite:todo.db", ${keys} };\n`);

const hold = async (): Promise<void> => {
  await project.limbeck("upgrade a001");
  holder = await sqlite.connect(`sqlite:${join(project.folder, "todo.db")}`);
  await holder.execute("BEGIN IMMEDIATE");
};

describe("how long a run on SQLite waits for another program", () => {
  it.each([
    ["the option", "", "upgrade head --table-lock-timeout 1"],
    ["the config", "tableLockTimeout: 0.5", "upgrade head"],
  ])("is what %s says", async (_what, keys, line) => {
    config(keys);
    await hold();
    const started = performance.now();
    expect(await project.limbeckJson(line)).toMatchObject({ exitCode: 7, error: { code: "LB0708" } });
    // Ten seconds unless something else is said.
    expect(performance.now() - started).toBeLessThan(9000);
  });

  it("is long enough when the other program ends in the meantime", async () => {
    config("tableLockTimeout: 60");
    await hold();
    const running = project.limbeckJson("upgrade head");
    setTimeout(() => void holder?.execute("COMMIT"), 300);
    expect(await running).toMatchObject({ exitCode: 0, data: { to: ["a002"] } });
  });

  it("stands in a script where somebody asked for it", async () => {
    expect((await project.limbeck("upgrade head --sql")).stdout).not.toContain(".timeout");
    const { stdout } = await project.limbeck("upgrade head --sql --table-lock-timeout 5");
    expect(stdout).toMatch(/^\.bail on\n\.timeout 5000\n/);
  });
});

describe("the limits of statements", () => {
  it("are refused where the engine has none", async () => {
    const error = { code: "LB0126", title: "statementTimeout means nothing to sqlite." };
    expect(await project.limbeckJson("upgrade head --statement-timeout 5")).toMatchObject({ exitCode: 2, error });
    config("statementTimeout: 5");
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 2, error });
    // No limit is what it has.
    expect(await project.limbeckJson("upgrade head --statement-timeout 0")).toMatchObject({ exitCode: 0 });
  });

  it("are numbers", async () => {
    for (const line of ["--table-lock-timeout 5s", "--table-lock-tries many", "--statement-timeout -1"]) {
      expect(await project.limbeckJson(`upgrade head ${line}`)).toMatchObject({
        exitCode: 2,
        error: { code: expect.stringMatching(/^LB00/) },
      });
    }
    for (const key of ["tableLockTimeout: -1", "tableLockTries: 0", 'statementTimeout: "5"']) {
      config(key);
      expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 2, error: { code: "LB0106" } });
    }
  });
});
