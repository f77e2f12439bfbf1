import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CRASH_ENGINES } from "../runner/crash-engine.ts";
import { createSoftDeleteProject, fill, readAll, type SoftDeleteProject } from "./soft-delete-project.ts";

/** Runs a script with the client of the vendor. */
function runScript(driver: string, url: string, input: string): void {
  const { hostname, port, username, pathname } = new URL(url);
  const commands: Record<string, readonly [command: string, ...args: readonly string[]]> = {
    "node:sqlite": ["sqlite3", pathname],
    pg: ["psql", "-q", url],
    mysql2: ["mariadb", `--host=${hostname}`, `--port=${port || "3306"}`, `--user=${username}`, pathname.slice(1)],
  };
  const [command = "", ...args] = commands[driver] ?? [];
  execFileSync(command, args, { input });
}

describe.each(CRASH_ENGINES)("tables that delete softly on $name", { timeout: 120_000 }, (engine) => {
  const check = engine.require();
  let project: SoftDeleteProject;

  beforeEach(async (context) => {
    check(context);
    project = await createSoftDeleteProject(engine);
    await fill(project);
  }, 60_000);

  afterEach(async () => {
    await project.database.drop();
    project.dispose();
  });

  it("come from a revision that says so both ways, and leave nothing to generate", async () => {
    const text = project.readRevision();
    expect(text.match(/await op\.\w+SoftDelete\(.*\);/g)).toEqual([
      'await op.enableSoftDelete("lists");',
      'await op.enableSoftDelete("todos", { unique: [["title"]], index: [["list_id"]] });',
      'await op.disableSoftDelete("todos", { unique: [["title"]] });',
      'await op.disableSoftDelete("lists");',
    ]);
    expect(text.match(/await op\./g)).toHaveLength(4);
    expect(text).toContain("The downgrade moves deleted rows of todos to limbeck_parked_todos");
    expect(await project.ok("check")).toContain("agree");
  });

  it("hold what is unique among live rows, and only among these", async () => {
    await expect(project.run("INSERT INTO todos (id, list_id, title) VALUES (10, 1, 'milk')")).rejects.toThrow(
      /unique|duplicate/i,
    );
    await project.run("UPDATE todos SET deleted_at = '2026-02-22 00:00:00' WHERE id = 1");
    await project.run("INSERT INTO todos (id, list_id, title) VALUES (10, 1, 'milk')");
    // The live one is in the way of the deleted one.
    await expect(project.run("UPDATE todos SET deleted_at = NULL WHERE id = 2")).rejects.toThrow(/unique|duplicate/i);
  });

  it("keep deleted rows deleted over a downgrade and an upgrade, and tell how many move", async () => {
    const before = await readAll(project);
    const down = await project.ok("downgrade -1");
    expect(down).toContain("Parks 2 deleted rows of todos in limbeck_parked_todos");
    expect(down).toContain("Parks 1 deleted row of lists in limbeck_parked_lists");
    expect(await project.query("SELECT id, title FROM todos")).toEqual([{ id: 1, title: "milk" }]);
    expect(await project.query("SELECT id FROM limbeck_parked_todos ORDER BY id")).toEqual([{ id: 2 }, { id: 7 }]);
    // As strict as it was before.
    await expect(project.run("INSERT INTO todos (id, list_id, title) VALUES (10, 1, 'milk')")).rejects.toThrow(
      /unique|duplicate/i,
    );
    const up = await project.ok("upgrade head");
    expect(up).toContain("Brings back 2 parked rows of todos");
    expect(await readAll(project)).toBe(before);
    expect(await project.ok("check")).toContain("agree");
    await expect(project.query("SELECT id FROM limbeck_parked_todos")).rejects.toThrow(/limbeck_parked_todos/);
  });

  it("leave no table for parked rows behind where none are deleted", async () => {
    await project.run("DELETE FROM todos WHERE deleted_at IS NOT NULL");
    await project.run("DELETE FROM lists WHERE deleted_at IS NOT NULL");
    expect(await project.ok("downgrade -1")).not.toContain("Parks");
    await expect(project.query("SELECT 1 FROM limbeck_parked_todos")).rejects.toThrow(/limbeck_parked_todos/);
    expect(await project.ok("upgrade head")).not.toContain("Brings back");
  });

  it("do not park a row that live ones point to, and lose none of these", async () => {
    await project.run("INSERT INTO todos (id, list_id, title) VALUES (9, 2, 'bread')");
    const { exitCode, stderr } = await project.limbeck("downgrade -1");
    expect({ exitCode, stderr: stderr.replaceAll(/\s+/g, " ") }).toEqual({
      exitCode: 7,
      stderr: expect.stringMatching(/rows of todos point to deleted rows of lists.*Found: id 9/),
    });
    expect(await project.query("SELECT id FROM todos WHERE id = 9")).toEqual([{ id: 9 }]);
    await project.run("DELETE FROM todos WHERE id = 9");
    await project.ok("downgrade -1");
  });

  it("refuse to bring a row back whose place has been taken, until it has another one", async () => {
    await project.ok("downgrade -1");
    await project.run("INSERT INTO todos (id, list_id, title) VALUES (7, 1, 'taken')");
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    expect({ exitCode, stderr: stderr.replaceAll(/\s+/g, " ") }).toEqual({
      exitCode: 7,
      stderr: expect.stringMatching(/has taken the id of a parked one.*Found: id 7/),
    });
    await project.run("UPDATE limbeck_parked_todos SET id = 70 WHERE id = 7");
    await project.ok("upgrade head");
    expect(await project.query("SELECT id FROM todos WHERE deleted_at IS NOT NULL ORDER BY id")).toEqual([
      { id: 2 },
      { id: 70 },
    ]);
    // It counts on behind what has come back.
    await project.run("INSERT INTO todos (list_id, title) VALUES (1, 'next')");
    expect(await project.query("SELECT id FROM todos WHERE title = 'next'")).toEqual([{ id: 71 }]);
  });

  it("refuse to bring a row back without what it points to", async () => {
    await project.ok("downgrade -1");
    await project.run("DELETE FROM todos");
    await project.run("DELETE FROM lists WHERE id = 1");
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    expect({ exitCode, stderr: stderr.replaceAll(/\s+/g, " ") }).toEqual({
      exitCode: 7,
      stderr: expect.stringMatching(/points to a row of lists that is gone.*Found: id 2, list_id 1/),
    });
  });

  it("take their parked rows along when they get another name, and when they are dropped", async () => {
    project.writeRevision("a003", "a002", "hard again", {
      up: `await op.disableSoftDelete("todos"); await op.renameTable("todos", "tasks");`,
      down: `await op.renameTable("tasks", "todos"); await op.enableSoftDelete("todos", { unique: [["title"]], index: [["list_id"]] });`,
    });
    const before = await readAll(project);
    await project.ok("upgrade head");
    expect(await project.query("SELECT id FROM limbeck_parked_tasks ORDER BY id")).toEqual([{ id: 2 }, { id: 7 }]);
    await project.ok("downgrade -1");
    expect(await readAll(project)).toBe(before);
    const down = await project.ok("downgrade base --allow-data-loss");
    expect(down).toContain("all 2 rows of limbeck_parked_todos");
    await project.ok("upgrade a002");
    expect(await project.query("SELECT id FROM todos")).toEqual([]);
  });

  it("pass limbeck test without a loss", async () => {
    const { data } = await project.limbeckJson("test");
    expect(data).toMatchObject({
      revisions: [expect.anything(), { revision: "a002", verdict: "reversible", losses: [], refusals: [] }],
    });
  });

  it("do the same in scripts, which cannot know whether there are deleted rows", async () => {
    const before = await readAll(project);
    const down = await project.limbeck("downgrade a002:a001 --sql");
    const up = await project.limbeck("upgrade a001:head --sql");
    runScript(engine.driver, project.database.url, down.stdout);
    expect(await project.query("SELECT id FROM limbeck_parked_todos ORDER BY id")).toEqual([{ id: 2 }, { id: 7 }]);
    expect(await project.query("SELECT id FROM lists")).toEqual([{ id: 1 }]);
    runScript(engine.driver, project.database.url, up.stdout);
    expect(await readAll(project)).toBe(before);
    expect(await project.ok("check")).toContain("agree");
    // Without deleted rows it does no harm either.
    await project.run("DELETE FROM todos WHERE deleted_at IS NOT NULL");
    await project.run("DELETE FROM lists WHERE deleted_at IS NOT NULL");
    runScript(engine.driver, project.database.url, down.stdout + up.stdout);
    expect(await project.ok("check")).toContain("agree");
  });
});
