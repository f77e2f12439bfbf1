import { spawn } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { openEnvironment } from "../../src/commands/environment.ts";
import { upgrade } from "../../src/commands/upgrade.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

const projects: TestProject[] = [];

function newProject(): TestProject {
  const project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };`);
  projects.push(project);
  return project;
}

afterEach(() => {
  for (const project of projects.splice(0)) project.dispose();
});

const BIN = join(import.meta.dirname, "../../src/cli/bin.ts");

function readColumn(project: TestProject, sql: string): readonly unknown[] {
  const database = new DatabaseSync(join(project.folder, "app.db"));
  const rows = database.prepare(sql).all();
  database.close();
  return rows.map((row) => Object.values(row)[0]);
}

const tables = (project: TestProject): readonly unknown[] =>
  readColumn(project, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");

describe("two upgrades in one process", () => {
  it("on two databases don't disturb each other, even where one of them fails", async () => {
    const [first, second] = [newProject(), newProject()];
    for (const [project, name] of [
      [first, "one"],
      [second, "two"],
    ] as const) {
      for (const [id, down] of [
        ["a1", null],
        ["b2", "a1"],
        ["c3", "b2"],
      ] as const) {
        project.writeRevision(id, down, `make ${name}`, {
          up: `void op.createTable("${name}_${id}", { id: integer() });
               await new Promise((resolve) => setTimeout(resolve, 5));
               await op.execute("INSERT INTO ${name}_${id} VALUES (1)");
               ${project === second && id === "c3" ? `throw new Error("second fails");` : ""}`,
        });
      }
    }
    const run = async (project: TestProject): Promise<unknown> =>
      upgrade(await openEnvironment({ cwd: project.folder, env: {} }), { target: "head" }).catch(
        (error: unknown) => error,
      );
    const [done, failed] = await Promise.all([run(first), run(second)]);
    expect(done).toMatchObject({ to: ["c3"] });
    expect(failed).toMatchObject({ code: "LB0703" });
    expect(tables(first)).toEqual(["limbeck_history", "limbeck_version", "one_a1", "one_b2", "one_c3"]);
    expect(tables(second)).toEqual(["limbeck_history", "limbeck_version", "two_a1", "two_b2"]);
  });

  it("on one database run every revision once", async () => {
    const project = newProject();
    project.writeRevision("a1", null, "counter", {
      up: `await op.createTable("c", { n: integer() }); await op.bulkInsert("c", [{ n: 0 }]);`,
    });
    for (let i = 2; i <= 6; i += 1) {
      project.writeRevision(`r${i}`, i === 2 ? "a1" : `r${i - 1}`, "count", {
        up: `await new Promise((resolve) => setTimeout(resolve, 5)); await op.execute("UPDATE c SET n = n + 1");`,
      });
    }
    const run = async (): Promise<number> => {
      const environment = await openEnvironment({ cwd: project.folder, env: {} });
      return (await upgrade(environment, { target: "head" })).steps.length;
    };
    const counts = await Promise.all([run(), run(), run(), run()]);
    expect(counts.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 6]);
    expect(readColumn(project, "SELECT n FROM c")).toEqual([5]);
  });
});

describe("a runner that is killed", () => {
  it("leaves a database that the next run, started at once, brings to the end", async () => {
    const project = newProject();
    project.writeRevision("a1", null, "counter", {
      up: `await op.createTable("c", { id: integer().primaryKey(), n: text() }); await op.bulkInsert("c", [{ id: 1, n: "0" }]);`,
    });
    for (let i = 2; i <= 8; i += 1) {
      project.writeRevision(`r${i}`, i === 2 ? "a1" : `r${i - 1}`, "count", {
        up: `await op.execute("UPDATE c SET n = n + 1"); await op.addColumn("c", "c${i}", text());
             await new Promise((resolve) => setTimeout(resolve, 40)); await op.alterColumn("c", "n", { type: ${i % 2 ? "text()" : "integer()"} });`,
      });
    }
    let kills = 0;
    for (const delay of [150, 220, 280, 340, 400]) {
      const child = spawn(process.execPath, [BIN, "upgrade", "head"], { cwd: project.folder, stdio: "ignore" });
      await wait(delay);
      if (child.exitCode === null) kills += 1;
      child.kill("SIGKILL");
    }
    const last = await project.limbeck("upgrade head");
    expect(last.exitCode).toBe(0);
    expect(kills).toBeGreaterThan(0);
    expect(readColumn(project, "SELECT CAST(n AS TEXT) FROM c")).toEqual(["7"]);
    expect(readColumn(project, "SELECT version_num FROM limbeck_version")).toEqual(["r8"]);
    expect(readColumn(project, "SELECT name FROM pragma_table_info('c')")).toEqual([
      "id",
      "n",
      "c2",
      "c3",
      "c4",
      "c5",
      "c6",
      "c7",
      "c8",
    ]);
  });
});
