import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";
import { runProgram } from "../support/run-program.ts";

const check = requirePostgres();

let database: PostgresDatabase;
let project: TestProject;
let holder: Connection;

const config = (keys: string): void =>
  project.write("limbeck.config.ts", `export default { url: "${database.url}", ${keys} };\n`);

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase(
    "CREATE TABLE counted (id integer PRIMARY KEY, n integer NOT NULL); INSERT INTO counted VALUES (1, 0), (2, 0)",
    "CREATE TABLE todos (id integer PRIMARY KEY)",
  );
  project = createTestProject();
  config("tableLockTimeout: 0.4, tableLockTries: 2");
  project.writeRevision("a001", null, "count and add", {
    up: `await op.execute("UPDATE counted SET n = n + 1");
      await op.addColumn("todos", "due", text());`,
    down: `await op.dropColumn("todos", "due");`,
  });
  holder = await postgres.connect(database.url);
});
afterEach(async () => {
  await holder.close();
  project.dispose();
  await database.drop();
});

const hold = async (table = "todos"): Promise<void> => {
  await holder.execute("BEGIN");
  await holder.query(`SELECT count(*) FROM ${table}`);
};

const letGo = (): Promise<number> => holder.execute("COMMIT");

const counted = async (): Promise<unknown> =>
  (await database.rows("SELECT n FROM counted ORDER BY id")).map(({ n }) => n);

const columns = (): Promise<unknown> =>
  database.rows("SELECT attname::text AS name FROM pg_attribute WHERE attrelid = 'todos'::regclass AND attnum > 0");

/** Lets go of the lock as soon as a run says that it tries again. */
async function upgradeAndLetGo(line = "upgrade head"): Promise<{ readonly status: number; readonly stderr: string }> {
  let isFree = false;
  return runProgram(project.folder, line.split(" "), {
    onStderr(_child, told) {
      if (isFree || !told.includes("Waiting: ")) return;
      isFree = true;
      void letGo();
    },
  });
}

describe("a statement on PostgreSQL that another session keeps waiting", () => {
  it("gives up after so many tries, and nothing is changed", async () => {
    const [row] = await holder.query("SELECT pg_backend_pid() AS pid");
    const pid = Number(row?.["pid"]);
    await hold();
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    const told = oneLine(stderr);
    expect(exitCode).toBe(7);
    expect(told).toMatch(/ALTER TABLE "todos" ADD COLUMN "due" text did not get its lock within \d\.\d s\./);
    expect(told).toMatch(
      new RegExp(`Held by session ${pid} \\(.*user \\w+.*\\), idle in transaction since [\\dT:.-]+Z: SELECT count`),
    );
    expect(told).toMatch(/Try 1 of 2: it is rolled back, and tried again in (0\.[5-9]|1\.0) s\./);
    expect(told).toContain(
      `LB0716 upgrade of a001 gave up after 2 tries: another session holds what "add column due to todos" (`,
    );
    expect(told).toMatch(/a001_count_and_add\.ts:\d+:\d+\) needs\./);
    expect(told).toContain("canceling statement due to lock timeout (SQLSTATE 55P03)");
    expect(told).toContain(`SELECT pg_terminate_backend(${pid});`);
    expect(told).toContain("Everything this revision had done was rolled back");
    expect(stderr).toContain("limbeck upgrade a001 --table-lock-tries 4");
    expect(await counted()).toEqual([0, 0]);
    expect(await columns()).toEqual([{ name: "id" }]);
    await letGo();
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    expect(await counted()).toEqual([1, 1]);
  });

  it("says so with --json", async () => {
    await hold();
    const { exitCode, error } = await project.limbeckJson("upgrade head --table-lock-tries 1");
    expect(exitCode).toBe(7);
    expect(error).toMatchObject({
      code: "LB0716",
      context: {
        cause: "lockTimeout",
        attempts: 1,
        lockTimeout: 0.4,
        operation: "add column due to todos",
        holders: [{ state: "idle in transaction", query: expect.stringContaining("SELECT count(*) FROM todos") }],
      },
    });
  });

  it("is run anew with its revision when the other lets go, and every statement takes effect once", async () => {
    await hold();
    const { status, stderr } = await upgradeAndLetGo();
    expect([status, oneLine(stderr)]).toEqual([0, expect.stringContaining("Try 1 of 2")]);
    expect(await counted()).toEqual([1, 1]);
    expect(await columns()).toEqual([{ name: "id" }, { name: "due" }]);
    // Where there was no journal before, the failed try took it back with itself.
    expect(await database.rows("SELECT event FROM limbeck_history ORDER BY id")).toEqual([{ event: "finished" }]);
    const { data } = await project.limbeckJson("current");
    expect(data).toMatchObject({ revisions: [{ revision: "a001" }] });
  });

  it("tells in the journal that a try was rolled back", async () => {
    await project.limbeck("ensure-version");
    await database.run("CREATE TABLE first (id integer)");
    project.writeRevision("a000", null, "first", { up: `await op.execute("SELECT 1");` });
    project.write(
      "migrations/versions/a001_count_and_add.ts",
      project.read("migrations/versions/a001_count_and_add.ts").replace("downRevision = null", `downRevision = "a000"`),
    );
    await hold();
    const { status, stderr } = await upgradeAndLetGo();
    expect([status, stderr]).toEqual([0, expect.stringContaining("2 revisions run")]);
    expect(await database.rows("SELECT revision, event FROM limbeck_history ORDER BY id")).toEqual([
      { revision: "a000", event: "finished" },
      { revision: "a001", event: "rolled back" },
      { revision: "a001", event: "finished" },
    ]);
  });

  it("lets others through meanwhile", async () => {
    await hold();
    const running = project.limbeck("upgrade head --table-lock-timeout 1 --table-lock-tries 1");
    await new Promise((resolve) => setTimeout(resolve, 500));
    const started = performance.now();
    await database.rows("SELECT count(*) FROM todos");
    expect(performance.now() - started).toBeLessThan(5000);
    expect((await running).exitCode).toBe(7);
  });

  it("goes on behind what is committed where it has left its transaction", async () => {
    config("tableLockTimeout: 0.4, tableLockTries: 2");
    project.writeRevision("a001", null, "count and add", {
      up: `await op.execute("UPDATE counted SET n = n + 1");
        await op.autocommit(async (op) => {
          await op.execute("UPDATE counted SET n = n + 10");
          await op.execute("ALTER TABLE todos ADD COLUMN due text");
        });
        await op.execute("UPDATE counted SET n = n + 100");`,
    });
    await hold();
    const { status, stderr } = await upgradeAndLetGo();
    expect([status, oneLine(stderr)]).toEqual([0, expect.stringContaining("Try 1 of 2")]);
    expect(await counted()).toEqual([111, 111]);
    expect(await columns()).toEqual([{ name: "id" }, { name: "due" }]);
  });

  it("says what stays when it gives up there", async () => {
    project.writeRevision("a001", null, "count and add", {
      up: `await op.autocommit(async (op) => {
          await op.execute("UPDATE counted SET n = n + 10");
          await op.execute("ALTER TABLE todos ADD COLUMN due text");
        });`,
    });
    await hold();
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    const told = oneLine(stderr);
    expect(exitCode).toBe(7);
    expect(told).toContain("LB0716");
    expect(told).toContain("committed before it failed, and stay applied: UPDATE counted SET n = n + 10;");
    expect(told).not.toContain("Everything this revision had done was rolled back");
    await letGo();
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    expect(await counted()).toEqual([10, 10]);
  });

  it("goes on with a backfill behind the batches that are done", async () => {
    project.writeRevision("a001", null, "count and add", {
      up: `await op.backfill("counted", { set: { n: "n + 1" }, batchSize: 1 });`,
    });
    await holder.execute("BEGIN");
    await holder.execute("UPDATE counted SET n = 5 WHERE id = 2");
    const { status, stderr } = await upgradeAndLetGo();
    expect([status, oneLine(stderr)]).toEqual([0, expect.stringContaining("Try 1 of 2")]);
    expect(await counted()).toEqual([1, 6]);
  });

  it("is tried again in beforeRun too", async () => {
    config(
      `tableLockTimeout: 0.4, tableLockTries: 2, hooks: { async beforeRun({ op }) { await op.execute("ALTER TABLE todos ADD COLUMN first int"); } }`,
    );
    await hold();
    const { status, stderr } = await upgradeAndLetGo();
    expect([status, oneLine(stderr)]).toEqual([0, expect.stringContaining("Try 1 of 2: it is tried again")]);
    expect(await columns()).toEqual([{ name: "id" }, { name: "first" }, { name: "due" }]);
  });

  it("is tried again with all seeds", async () => {
    await project.limbeck("upgrade head");
    project.write(
      "seeds/010_counted.ts",
      `export const seed = (op) => op.ensureRows("counted", [{ id: 2, n: 9 }], { key: ["id"] });`,
    );
    await holder.execute("BEGIN");
    await holder.execute("UPDATE counted SET n = 5 WHERE id = 2");
    const { status, stderr } = await upgradeAndLetGo("seed");
    expect([status, oneLine(stderr)]).toEqual([0, expect.stringContaining("try 1 of 2")]);
    expect(await counted()).toEqual([1, 9]);
  });

  it("waits no longer when it is to stop", async () => {
    config("tableLockTimeout: 0.4, tableLockTries: 9");
    await hold();
    let at = 0;
    const { status, stderr } = await runProgram(project.folder, ["upgrade", "head"], {
      onStderr(child, told) {
        // The pause behind the third try is two seconds at least.
        if (at > 0 || !told.includes("Try 3")) return;
        at = performance.now();
        child.kill("SIGINT");
      },
    });
    expect(performance.now() - at).toBeLessThan(1500);
    expect([status, oneLine(stderr)]).toEqual([
      130,
      expect.stringContaining("LB0713 Stopped on request during upgrade"),
    ]);
    expect(await counted()).toEqual([0, 0]);
  });

  it("has no limit where it makes an index that nobody waits for", async () => {
    project.writeRevision("a001", null, "count and add", {
      up: `await op.execute("CREATE INDEX CONCURRENTLY ix ON todos (id)");`,
    });
    await holder.execute("BEGIN");
    await holder.execute("INSERT INTO todos VALUES (1)");
    const running = project.limbeck("upgrade head --table-lock-tries 1");
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await letGo();
    const { exitCode, stderr } = await running;
    expect([exitCode, oneLine(stderr)]).toEqual([
      0,
      expect.stringMatching(/Waiting: .*waits for others to end\. Held by session/),
    ]);
    expect(await database.rows("SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix'::regclass")).toEqual([
      { indisvalid: true },
    ]);
  });

  it("says for whom it waits where it may wait for long", async () => {
    await hold();
    const running = project.limbeck("upgrade head --table-lock-timeout 0");
    await new Promise((resolve) => setTimeout(resolve, 3500));
    await letGo();
    const { exitCode, stderr } = await running;
    expect([exitCode, oneLine(stderr)]).toEqual([
      0,
      expect.stringMatching(/Waiting: ALTER TABLE .* waits for others to end\. Held by session \d+/),
    ]);
    expect(await counted()).toEqual([1, 1]);
  });

  it("is tried again where a row was changed behind what it has read, with a stricter isolation", async () => {
    await database.run(`ALTER DATABASE "${database.name}" SET default_transaction_isolation = 'repeatable read'`);
    project.writeRevision("a001", null, "count and add", {
      up: `const [{ n }] = await op.query("SELECT n FROM counted WHERE id = 1");
        await op.query("SELECT pg_sleep(1.5)");
        await op.execute("UPDATE counted SET n = " + (n + 1) + " WHERE id = 1");`,
    });
    const running = project.limbeck("upgrade head");
    await new Promise((resolve) => setTimeout(resolve, 900));
    await holder.execute("UPDATE counted SET n = 10 WHERE id = 1");
    const { exitCode, stderr } = await running;
    expect([exitCode, oneLine(stderr)]).toEqual([
      0,
      expect.stringContaining("found a row that another session had changed meanwhile. Try 1 of 2"),
    ]);
    expect(await counted()).toEqual([11, 0]);
  });

  it("is tried again after a deadlock", async () => {
    config("tableLockTimeout: 30");
    project.writeRevision("a001", null, "count and add", {
      up: `await op.execute("UPDATE counted SET n = n + 1 WHERE id = 1");
        await op.execute("SELECT pg_sleep(1)");
        await op.execute("UPDATE counted SET n = n + 1 WHERE id = 2");`,
    });
    await holder.execute("SET deadlock_timeout = '20s'");
    await holder.execute("BEGIN");
    await holder.execute("UPDATE counted SET n = n + 10 WHERE id = 2");
    const running = project.limbeck("upgrade head");
    await new Promise((resolve) => setTimeout(resolve, 700));
    await holder.execute("UPDATE counted SET n = n + 10 WHERE id = 1");
    await letGo();
    const { exitCode, stderr } = await running;
    expect([exitCode, oneLine(stderr)]).toEqual([0, expect.stringContaining("waited for each other")]);
    expect(await counted()).toEqual([11, 11]);
  });
});

describe("a statement on PostgreSQL that takes too long", () => {
  it("is stopped, and not tried again", async () => {
    project.writeRevision("a001", null, "count and add", {
      up: `await op.execute("UPDATE counted SET n = n + 1"); await op.execute("SELECT pg_sleep(30)");`,
    });
    const { exitCode, stderr } = await project.limbeck("upgrade head --statement-timeout 1");
    const told = oneLine(stderr);
    expect(exitCode).toBe(7);
    expect(told).toContain(`LB0717 upgrade of a001 was stopped: "run SELECT pg_sleep(30)" (`);
    expect(told).toContain("took longer than 1 s.");
    expect(told).not.toContain("Waiting:");
    expect(stderr).toContain("limbeck upgrade a001 --statement-timeout 2");
    expect(await counted()).toEqual([0, 0]);
  });

  it("takes its time where a revision asks for it", async () => {
    project.writeRevision("a001", null, "count and add", {
      up: `await op.execute("SET statement_timeout = 0"); await op.execute("SELECT pg_sleep(1.5)");`,
    });
    expect((await project.limbeck("upgrade head --statement-timeout 1")).exitCode).toBe(0);
  });
});

describe("the limits of a session on PostgreSQL", () => {
  const show = `const [row] = await op.query("SELECT current_setting('lock_timeout') AS l, current_setting('statement_timeout') AS s");
    await op.execute("INSERT INTO seen VALUES ($1)", { parameters: [row.l + " " + row.s] });`;

  const seen = async (line: string): Promise<unknown> => {
    await database.run("DROP TABLE IF EXISTS seen; CREATE TABLE seen (setting text)");
    project.writeRevision("a001", null, "show", { up: show, down: `await op.execute("SELECT 1");` });
    const { exitCode, stderr } = await project.limbeck(line);
    if (exitCode !== 0) throw new Error(stderr);
    const [row] = await database.rows("SELECT setting FROM seen");
    await project.limbeck("downgrade base");
    return row?.["setting"];
  };

  it("are those of the config, of the options, or the usual ones", async () => {
    project.remove("migrations");
    config("");
    expect(await seen("upgrade head")).toBe("2s 0");
    config("tableLockTimeout: 0.25, statementTimeout: 90");
    expect(await seen("upgrade head")).toBe("250ms 90s");
    expect(await seen("upgrade head --table-lock-timeout 7 --statement-timeout 0")).toBe("7s 0");
    expect(await seen("upgrade head --table-lock-timeout 0 --statement-timeout 0")).toBe("0 0");
  });

  it("leave a shorter one as it is that the server has, unless something else is asked for", async () => {
    project.remove("migrations");
    config("");
    await database.run(`ALTER DATABASE ${database.name} SET lock_timeout = '300ms'`);
    expect(await seen("upgrade head")).toBe("300ms 0");
    expect(await seen("upgrade head --table-lock-timeout 1")).toBe("1s 0");
  });

  it("stand in a script where somebody asked for them", async () => {
    config("");
    project.writeRevision("a001", null, "count and add", { up: `await op.execute("SELECT 1");` });
    expect((await project.limbeck("upgrade head --sql")).stdout).not.toMatch(/lock_timeout|statement_timeout/);
    const { stdout } = await project.limbeck("upgrade head --sql --table-lock-timeout 5 --statement-timeout 60");
    expect(stdout).toContain("SET lock_timeout = 5000;\nSET statement_timeout = 60000;\n");
    expect(stdout.indexOf("SET lock_timeout")).toBeLessThan(stdout.indexOf("BEGIN;"));
  });
});
