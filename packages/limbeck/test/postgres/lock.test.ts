import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();
const BIN = join(import.meta.dirname, "../../src/cli/bin.ts");

let database: PostgresDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase("CREATE TABLE pause (seconds float)");
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

const SLEEPING =
  "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()";

describe("the migration lock on PostgreSQL", () => {
  it("lets one run in at a time, and says who is in", async () => {
    const first = await postgres.acquireLock(database.url, 0);
    await expect(postgres.acquireLock(database.url, 0)).rejects.toMatchObject({
      code: "LB0801",
      title: expect.stringMatching(/server process \d+, limbeck, user \S+, from \S+, since \d{4}-/),
    });
    const waiting = postgres.acquireLock(database.url, 20_000);
    await first.release();
    await first.release();
    const second = await waiting;
    await second.release();
  });

  it("keeps apart only runs that have the version table in common", async () => {
    const locks = await Promise.all(
      ["one", "two"].map((versionTable) => postgres.acquireLock(database.url, 0, { versionTable })),
    );
    expect(locks).toHaveLength(2);
    for (const lock of locks) await lock.release();
  });

  it("never waits within the server, where it would keep CREATE INDEX CONCURRENTLY from ending", async () => {
    const first = await postgres.acquireLock(database.url, 0);
    const waiting = postgres.acquireLock(database.url, 60_000);
    await wait(300);
    const connection = await first.connect();
    await connection.execute("CREATE INDEX CONCURRENTLY ix ON pause (seconds)");
    await first.release();
    await (await waiting).release();
    expect(await database.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix'::regclass")).toEqual([
      { indisvalid: true },
    ]);
  });

  it("outlives a run that is killed in the middle of a statement for as long as the server works on that, and nothing of it stays", async () => {
    project.writeRevision("a001", null, "slow", {
      up: `await op.createTable("made", { id: integer() });
        await op.execute("SELECT pg_sleep(coalesce((SELECT max(seconds) FROM pause), 0))");`,
    });
    await database.run("INSERT INTO pause VALUES (5)");
    const child = spawn(process.execPath, [BIN, "upgrade", "head"], { cwd: project.folder, stdio: "ignore" });
    await waitUntil(SLEEPING);
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
    await expect(postgres.acquireLock(database.url, 0)).rejects.toMatchObject({ code: "LB0801" });
    await database.run("DELETE FROM pause");
    const run = await project.limbeck("upgrade head");
    expect(run).toMatchObject({ exitCode: 0 });
    expect(await database.rows("SELECT version_num FROM limbeck_version")).toEqual([{ version_num: "a001" }]);
    expect(await database.rows("SELECT count(*)::int AS n FROM made")).toEqual([{ n: 0 }]);
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
