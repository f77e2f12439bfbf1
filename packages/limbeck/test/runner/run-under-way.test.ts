import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Run } from "../../src/cli/fake-world.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { CRASH_ENGINES, type CrashDatabase } from "./crash-engine.ts";

/** What compares the database with anything. */
const COMPARING = ["check", "revision -m x --autogenerate", "revision -m x --from-database"];

/** Has every statement committed by itself. */
const HALVES = `transactions: "none", `;

describe.each(CRASH_ENGINES)("a run that is under way on $name", (engine) => {
  const check = engine.require();
  let project: TestProject;
  let database: CrashDatabase;
  let run: Promise<Run>;

  /** Begins a run that waits behind its first statement until {@link end}. */
  const begin = async (): Promise<void> => {
    run = project.limbeck("upgrade head");
    while (!existsSync(join(project.folder, "there"))) await wait(10);
  };
  const end = async (): Promise<Run> => {
    project.write("go", "");
    return run;
  };

  /** @param settings of the config besides */
  const prepare = async (settings: string): Promise<void> => {
    project = createTestProject();
    database = await engine.create(project.folder);
    const config = `{ url: "${database.url}", ${settings}models: () => import("./models.ts") }`;
    project.write("limbeck.config.ts", `export default ${config};\n`);
    project.write(
      "models.ts",
      `import { table, integer } from "limbeck/schema"; export const w = table("w", { id: integer() });\n`,
    );
    project.writeRevision("a1", null, "slow", {
      up: `const { existsSync, writeFileSync } = await import("node:fs");
        await op.createTable("t", { id: integer() });
        writeFileSync(${JSON.stringify(join(project.folder, "there"))}, "");
        while (!existsSync(${JSON.stringify(join(project.folder, "go"))})) await new Promise((go) => setTimeout(go, 10));
        if (existsSync(${JSON.stringify(join(project.folder, "fail"))})) throw new Error("as it was told");`,
      down: `await op.dropTable("t");`,
    });
    await begin();
  };
  beforeEach((context) => check(context));
  afterEach(async () => {
    await end();
    project.dispose();
    await database.drop();
  });

  it("is told by status also where all of it is in one transaction, of which nobody sees anything", async () => {
    await prepare("");
    const { data: found } = await project.limbeckJson("status");
    expect(found).toMatchObject({ running: { holder: expect.any(String) }, next: "limbeck status" });
    expect((await project.limbeck("status")).stdout).toMatch(/^At work {4}another run is at work/m);
    expect(await end()).toMatchObject({ exitCode: 0 });
    expect((await project.limbeckJson("status"))["data"]).not.toHaveProperty("running");
  });

  it("is no run that stopped: status says who it is, and the comparisons refuse until it has ended", async () => {
    await prepare(HALVES);
    const { data: found } = await project.limbeckJson("status");
    expect(found).toMatchObject({
      running: { revision: "a1", direction: "upgrade", holder: expect.stringMatching(/^(?:process|server) /) },
      next: "limbeck status",
    });
    expect(found).not.toHaveProperty("halfway");
    const { stdout } = await project.limbeck("status");
    expect(stdout).toMatch(/another run is at work on the upgrade of a1/);
    expect(stdout).not.toContain("stopped");
    const files = project.list("migrations/versions");
    for (const line of COMPARING) {
      const refused = await project.limbeckJson(line);
      expect({ line, ...refused }).toMatchObject({
        line,
        exitCode: 8,
        error: { code: "LB0807", why: expect.stringContaining("upgrade of a1"), fix: ["limbeck status"] },
      });
    }
    expect(project.list("migrations/versions")).toEqual(files);
    expect(await end()).toMatchObject({ exitCode: 0 });
    const { data: after } = await project.limbeckJson("status");
    expect(after).not.toHaveProperty("running");
    expect(after).not.toHaveProperty("halfway");
  });

  it("has stopped once it has failed", async () => {
    await prepare(HALVES);
    project.write("fail", "");
    expect((await end()).exitCode).toBe(7);
    const { data: found } = await project.limbeckJson("status");
    const halfway = { revision: "a1", direction: "upgrade", failure: expect.stringContaining("as it was told") };
    expect(found).toMatchObject({ halfway, next: "limbeck upgrade a1" });
    expect(found).not.toHaveProperty("running");
    expect(await project.limbeckJson("check")).toMatchObject({ error: { code: "LB1301" } });
    // What a run leaves beside its lock when it is killed.
    project.write("app.db-limbeck-lock.json", `{ "pid": 1, "host": "elsewhere", "since": "2026-11-28T16:00:00.000Z" }`);
    expect(await project.limbeckJson("status")).toMatchObject({ data: { halfway: { revision: "a1" } } });
  });
});
