import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, requireMariadb, type MariadbDatabase } from "../support/mariadb-server.ts";

const check = requireMariadb();
const BIN = join(import.meta.dirname, "../../src/cli/bin.ts");

let database: MariadbDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createMariadbDatabase();
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

async function waitUntil(sql: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if ((await database.rows(sql)).length > 0) return;
    await wait(50);
  }
  throw new Error(`never came true: ${sql}`);
}

const SLEEPING = `SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE 'DO SLEEP%'`;

describe("the migration lock on MariaDB", () => {
  it("lets one run in at a time, and says who is in", async () => {
    const first = await mysql.acquireLock(database.url, 0);
    await expect(mysql.acquireLock(database.url, 0)).rejects.toMatchObject({
      code: "LB0801",
      title: expect.stringMatching(/server connection \d+, user \S+, from \S+\.$/),
    });
    const waiting = mysql.acquireLock(database.url, 20_000);
    await first.release();
    await first.release();
    const second = await waiting;
    await second.release();
  });

  it("outlives the commits of single statements", async () => {
    const first = await mysql.acquireLock(database.url, 0);
    const connection = await first.connect();
    await connection.execute("CREATE TABLE t (id int)");
    await connection.close();
    await expect(mysql.acquireLock(database.url, 0)).rejects.toMatchObject({ code: "LB0801" });
    await first.release();
  });

  it("keeps apart only runs that have database and version table in common", async () => {
    const other = await createMariadbDatabase();
    try {
      const locks = await Promise.all([
        mysql.acquireLock(database.url, 0, { versionTable: "one" }),
        mysql.acquireLock(database.url, 0, { versionTable: "two" }),
        mysql.acquireLock(other.url, 0, { versionTable: "one" }),
      ]);
      expect(locks).toHaveLength(3);
      for (const lock of locks) await lock.release();
    } finally {
      await other.drop();
    }
  });

  it("outlives a run that is killed in the middle of a statement for as long as the server works on that", async () => {
    project.writeRevision("a001", null, "slow", { up: `await op.execute("DO SLEEP(4)");` });
    const child = spawn(process.execPath, [BIN, "upgrade", "head"], { cwd: project.folder, stdio: "ignore" });
    await waitUntil(SLEEPING);
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
    await expect(mysql.acquireLock(database.url, 0)).rejects.toMatchObject({ code: "LB0801" });
    const run = await project.limbeck("upgrade head");
    expect(run).toMatchObject({ exitCode: 0 });
    expect(await database.rows("SELECT version_num FROM limbeck_version")).toEqual([{ version_num: "a001" }]);
  });

  it("lets two runs at once apply every revision once", async () => {
    for (const [id, down] of [
      ["a001", null],
      ["a002", "a001"],
      ["a003", "a002"],
    ] as const) {
      project.writeRevision(id, down, `make ${id}`, { up: `await op.createTable("t_${id}", { id: integer() });` });
    }
    const runs = [0, 1].map(async () => {
      const child = spawn(process.execPath, [BIN, "upgrade", "head"], { cwd: project.folder, stdio: "ignore" });
      const [code] = await once(child, "exit");
      return Number(code);
    });
    expect(await Promise.all(runs)).toEqual([0, 0]);
    expect(await database.rows("SELECT version_num FROM limbeck_version")).toEqual([{ version_num: "a003" }]);
  });
});
