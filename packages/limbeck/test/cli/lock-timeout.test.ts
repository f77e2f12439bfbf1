import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EXIT_CODES } from "../../src/kernel/exit-code.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import type { Lock } from "../../src/dialect/dialect.ts";
import { createTodoProject, type TestProject } from "./test-project.ts";

let project: TestProject;
let lock: Lock | undefined;

beforeEach(() => {
  project = createTodoProject();
});

afterEach(async () => {
  await lock?.release();
  lock = undefined;
  project.dispose();
});

const holdLock = async (): Promise<void> => {
  lock = await sqlite.acquireLock(`sqlite:${join(project.folder, "todo.db")}`, 0);
};

const config = (keys: string): void =>
  project.write("limbeck.config.ts", `export default { url: "sqlite:todo.db", ${keys} };\n`);

describe("how long a run waits for another one", () => {
  it.each(["upgrade head", "stamp head", "ensure-version", "reset --yes"])(
    "is what --lock-timeout says, for %s",
    async (line) => {
      await holdLock();
      const started = performance.now();
      expect(await project.limbeckJson(`${line} --lock-timeout 0`)).toMatchObject({
        exitCode: EXIT_CODES.locked,
        error: { code: "LB0801" },
      });
      // The default is a minute: far away, whatever the machine does.
      expect(performance.now() - started).toBeLessThan(30_000);
    },
  );

  it("is what --lock-timeout says for downgrade too", async () => {
    await project.limbeck("upgrade head");
    await holdLock();
    expect(await project.limbeckJson("downgrade base --lock-timeout 0")).toMatchObject({ error: { code: "LB0801" } });
  });

  it("is what the config says, unless the option says something else", async () => {
    config("lockTimeout: 0");
    await holdLock();
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ error: { code: "LB0801" } });
    const waiting = project.limbeckJson("upgrade head --lock-timeout 50");
    setTimeout(() => void lock?.release(), 300);
    expect(await waiting).toMatchObject({ exitCode: 0, data: { to: ["a002"] } });
  });

  it("is a number of seconds", async () => {
    expect(await project.limbeckJson("upgrade head --lock-timeout 5s")).toMatchObject({
      exitCode: 2,
      error: { code: "LB0017" },
    });
    config("lockTimeout: -1");
    expect(await project.limbeckJson("upgrade head")).toMatchObject({
      error: { code: "LB0106", title: expect.stringContaining("lockTimeout") },
    });
  });
});
