import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Row } from "../../src/dialect/connection.ts";
import { openEnvironment } from "../../src/commands/environment.ts";
import { upgrade } from "../../src/commands/upgrade.ts";
import type { RunEvent } from "../../src/runtime/run-context.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { CRASH_ENGINES, type CrashDatabase } from "./crash-engine.ts";
import { countStatements, NO_KILL, runKilled } from "./run-killed.ts";

/** How many of the statements of a backfill a run is killed at, one after the other; the full size has all. */
const KILLS = process.env["LIMBECK_LONG"] === "1" ? Number.POSITIVE_INFINITY : 2;

describe.each(CRASH_ENGINES)("op.backfill on $name", (engine) => {
  const check = engine.require();
  let project: TestProject;
  let database: CrashDatabase;

  beforeEach(async (context) => {
    check(context);
    project = createTestProject();
    database = await engine.create(project.folder);
    project.write("limbeck.config.ts", `export default { url: ${JSON.stringify(database.url)} };\n`);
  });

  afterEach(async () => {
    await database.drop();
    project.dispose();
  });

  const connected = async <Result>(
    work: (connection: Awaited<ReturnType<typeof engine.dialect.connect>>) => Promise<Result>,
  ): Promise<Result> => {
    const connection = await engine.dialect.connect(database.url);
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  };

  const rows = (sql: string): Promise<readonly Row[]> => connected((connection) => connection.query(sql));

  const run = (...statements: readonly string[]): Promise<void> =>
    connected(async (connection) => {
      for (const sql of statements) await connection.execute(sql);
    });

  const values = async (sql: string): Promise<readonly unknown[]> =>
    (await rows(sql)).flatMap((row) => Object.values(row)).map((value) => Number(value));

  /** A table `todos` with as many rows, each with a number of its own in `n`. */
  const fill = (count: number): Promise<void> =>
    run(
      "CREATE TABLE todos (id integer NOT NULL PRIMARY KEY, title varchar(20), n integer NOT NULL, CHECK (n < 1000))",
      ...Array.from({ length: count }, (_, index) => `INSERT INTO todos VALUES (${index + 1}, 'T${index}', ${index})`),
    );

  const expectOk = async (line: string): Promise<void> => {
    const { exitCode, stderr } = await project.limbeck(line);
    expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
  };

  const countEvents = (event: string): Promise<readonly unknown[]> =>
    values(`SELECT COUNT(*) AS n FROM limbeck_history WHERE event = '${event}'`);

  it("changes every row once, in batches that the journal tells of, before what comes after it", async () => {
    await fill(7);
    project.writeRevision("a1", null, "count", {
      up: `await op.execute("UPDATE todos SET n = n + 1"); op.backfill("todos", { set: { n: "n + 10" }, batchSize: 3 }); await op.execute("UPDATE todos SET n = n * 2");`,
    });
    const events: RunEvent[] = [];
    const environment = await openEnvironment(
      { cwd: project.folder, env: {} },
      { onEvent: (event) => void events.push(event) },
    );
    await upgrade(environment, { target: "head" });
    expect(await values("SELECT n FROM todos ORDER BY id")).toEqual([22, 24, 26, 28, 30, 32, 34]);
    expect(await countEvents("batch")).toEqual([3]);
    expect(
      events.flatMap((event) => (event.kind === "progress" ? [[event.table, event.rows, event.total]] : [])),
    ).toEqual([
      ["todos", 3, 7],
      ["todos", 6, 7],
      ["todos", 7, 7],
    ]);
  });

  it("chooses rows, and goes by several columns or by a text", async () => {
    await run(
      "CREATE TABLE pairs (a integer NOT NULL, b varchar(10) NOT NULL, n integer, PRIMARY KEY (a, b))",
      "INSERT INTO pairs VALUES (1, 'x', 1), (1, 'y', NULL), (1, 'z', NULL), (2, 'a', NULL), (2, 'y', NULL), (3, 'b', NULL)",
      "CREATE TABLE codes (code varchar(10) NOT NULL UNIQUE, n integer NOT NULL)",
      "INSERT INTO codes VALUES ('it''s', 1), ('b', 2), ('ä', 3), ('%', 4), ('', 5)",
    );
    project.writeRevision("a1", null, "fill", {
      up: `await op.backfill("pairs", { set: { n: "a * 10" }, where: "n IS NULL OR n = 99 -- the rest", batchSize: 2 });
        await op.backfill("codes", { set: { n: "n + 100" }, key: ["code"], batchSize: 1 });`,
    });
    await expectOk("upgrade head");
    expect(await values("SELECT n FROM pairs ORDER BY a, b")).toEqual([1, 10, 10, 20, 20, 30]);
    expect(await values("SELECT n FROM codes ORDER BY n")).toEqual([101, 102, 103, 104, 105]);
    expect(await countEvents("batch")).toEqual([3 + 5]);
  });

  it("goes on behind the last batch after a failure, with what was corrected", async () => {
    await fill(7);
    await run("UPDATE todos SET n = 995 WHERE id = 6");
    const write = (options: string): void =>
      project.writeRevision("a1", null, "count", {
        up: `await op.backfill("todos", { set: { n: "n + 10" }, ${options} }); await op.execute("UPDATE todos SET n = n + 100 WHERE id = 1");`,
      });
    write("batchSize: 2");
    const failed = await project.limbeck("upgrade head");
    expect([failed.exitCode, failed.stderr]).toEqual([7, expect.stringContaining("it goes on from there")]);
    // One line for two batches that are alike but for their values.
    expect(failed.stderr.match(/UPDATE .*todos.* SET/g)).toHaveLength(3);
    expect(await values("SELECT n FROM todos ORDER BY id")).toEqual([10, 11, 12, 13, 4, 995, 6]);
    write('batchSize: 5, where: "n < 990"');
    await expectOk("upgrade head");
    expect(await values("SELECT n FROM todos ORDER BY id")).toEqual([110, 11, 12, 13, 14, 995, 16]);
    const [last] = await rows("SELECT event FROM limbeck_history ORDER BY id DESC LIMIT 1");
    expect(last).toEqual({ event: "finished" });
  });

  it("meets no row twice when it is killed", async () => {
    project.writeRevision("a1", null, "count", {
      up: `await op.backfill("todos", { set: { n: "n + 10" }, batchSize: 2 });`,
    });
    await fill(7);
    const whole = await runKilled(engine, project.folder, ["upgrade", "head"], NO_KILL);
    expect(whole.status).toBe(0);
    const total = countStatements(whole);
    const step = Math.max(1, Math.floor(total / (KILLS + 1)));
    let killed = 0;
    for (let at = step; at <= total; at += step) {
      await database.empty();
      await fill(7);
      const { signal } = await runKilled(engine, project.folder, ["upgrade", "head"], { ...NO_KILL, at });
      if (signal === "SIGKILL") killed += 1;
      await expectOk("upgrade head");
      expect([at, ...(await values("SELECT n FROM todos ORDER BY id"))]).toEqual([at, 10, 11, 12, 13, 14, 15, 16]);
    }
    console.log(`${engine.name}: killed at ${killed} of ${total} statements of a backfill`);
    expect(killed).toBeGreaterThanOrEqual(Math.min(KILLS, total));
  }, 300_000);

  it("does not go on in another order than it began", async () => {
    await fill(4);
    await run("CREATE UNIQUE INDEX by_title ON todos (title)", "ALTER TABLE todos ADD COLUMN code varchar(5)");
    await run("UPDATE todos SET n = 995 WHERE id = 4");
    const up = (key: string): string =>
      `await op.backfill("todos", { set: { n: "n + 10" }, key: ["${key}"], batchSize: 2 });`;
    await run("CREATE TABLE others (id integer NOT NULL PRIMARY KEY, n integer)", "INSERT INTO others VALUES (1, 1)");
    project.writeRevision("a1", null, "count", { up: up("id") });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 7 });
    project.writeRevision("a1", null, "count", { up: up("id").replace('"todos"', '"others"') });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ error: { code: "LB1310" } });
    expect(await values("SELECT n FROM others")).toEqual([1]);
  });

  it("rests between batches, and a table without rows is nothing to do", async () => {
    await fill(3);
    await run("CREATE TABLE nobody (id integer NOT NULL PRIMARY KEY, n integer)");
    project.writeRevision("a1", null, "slow", {
      up: `await op.backfill("nobody", { set: { n: "1" } }); await op.backfill("todos", { set: { n: "n + 1" }, batchSize: 1, pause: 150 });`,
    });
    const start = performance.now();
    await expectOk("upgrade head");
    expect(performance.now() - start).toBeGreaterThan(450);
    expect(await values("SELECT n FROM todos ORDER BY id")).toEqual([1, 2, 3]);
  });

  it.each([
    ["export const transactional = false;", 'await op.backfill("todos", { set: { n: "n + 1" }, batchSize: 2 });'],
    ["", 'await op.autocommit(async (op) => { await op.backfill("todos", { set: { n: "n + 1" }, batchSize: 2 }); });'],
  ])("runs outside of a transaction as well: %s", async (line, up) => {
    await fill(5);
    project.writeRevision("a1", null, "count", { up });
    const path = "migrations/versions/a1_count.ts";
    project.write(
      path,
      project.read(path).replace("export async function upgrade", `${line}\nexport async function upgrade`),
    );
    await expectOk("upgrade head");
    expect(await values("SELECT n FROM todos ORDER BY id")).toEqual([1, 2, 3, 4, 5]);
    expect(await countEvents("batch")).toEqual([3]);
  });

  it.each([
    [`key: ["title"]`, "two rows may agree in it"],
    [`key: ["maybe"]`, "may be NULL"],
    [`key: ["moment"]`, "cannot be kept exactly"],
    [`set: { id: "id + 1" }`, "is changed itself"],
  ])("refuses a key that would meet rows twice, or never: %s", async (options, problem) => {
    await fill(2);
    await run(
      "ALTER TABLE todos ADD COLUMN maybe integer",
      `ALTER TABLE todos ADD COLUMN moment ${engine.driver === "pg" ? "timestamp" : "datetime"} NOT NULL DEFAULT '2020-01-01 00:00:00'`,
      "UPDATE todos SET moment = '2021-01-01 00:00:00' WHERE id = 1",
      "CREATE UNIQUE INDEX by_maybe ON todos (maybe)",
      "CREATE UNIQUE INDEX by_moment ON todos (moment)",
    );
    project.writeRevision("a1", null, "count", {
      up: `await op.backfill("todos", { set: { n: "n + 1" }, ${options} });`,
    });
    expect(await project.limbeckJson("upgrade head")).toMatchObject({
      exitCode: 7,
      error: { code: "LB0545", why: expect.stringContaining(problem) },
    });
    expect(await values("SELECT n FROM todos ORDER BY id")).toEqual([0, 1]);
  });

  it("is one statement in a script, which says so", async () => {
    project.writeRevision("a1", null, "todos", {
      up: `await op.createTable("todos", { id: integer().primaryKey(), n: integer() });`,
      down: `await op.dropTable("todos");`,
    });
    project.writeRevision("b2", "a1", "fill", {
      up: `await op.backfill("todos", { set: { n: "id" }, where: "n IS NULL", batchSize: 500 });`,
    });
    const { exitCode, stdout } = await project.limbeck("upgrade a1:b2 --sql");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("-- all rows at once; a run changes 500 at a time, by id");
    expect(stdout.match(/UPDATE .*todos.* SET .*n.* = id WHERE \(n IS NULL\s*\);/g)).toHaveLength(1);
    await expectOk("upgrade a1");
    const preview = await project.limbeck("upgrade head --dry-run");
    expect(preview.stdout).toContain("a run changes 500 at a time");
  });

  it("is tried with rows by limbeck test, without its pauses", async () => {
    project.writeRevision("a1", null, "todos", {
      up: `await op.createTable("todos", { id: integer().primaryKey(), title: text().notNull() });`,
      down: `await op.dropTable("todos");`,
    });
    const write = (expression: string): void =>
      project.writeRevision("b2", "a1", "slug", {
        up: `await op.addColumn("todos", "slug", text()); await op.backfill("todos", { set: { slug: "${expression}" }, pause: 60000 });
          await op.alterColumn("todos", "slug", { nullable: false });`,
        down: `await op.dropColumn("todos", "slug");`,
      });
    write("lower(title)");
    await expectOk("test");
    // Rows that it leaves out stop what comes after it.
    write("NULL");
    const refused = await project.limbeck("test");
    expect([refused.exitCode, refused.stdout + refused.stderr]).toEqual([
      expect.any(Number),
      expect.stringContaining("b2"),
    ]);
    expect(refused.exitCode).not.toBe(0);
  });
});
