import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, requireMariadb, type MariadbDatabase } from "../support/mariadb-server.ts";
import { runProgram } from "../support/run-program.ts";

const check = requireMariadb();

let database: MariadbDatabase;
let project: TestProject;
let holder: Connection;

const config = (keys: string): void =>
  project.write("limbeck.config.ts", `export default { url: "${database.url}", ${keys} };\n`);

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

const UPGRADE = `await op.execute("UPDATE counted SET n = n + 1");
  await op.createTable("lists", { id: integer() });
  await op.execute("UPDATE counted SET n = n + 10");
  await op.addColumn("todos", "due", text());
  await op.execute("UPDATE counted SET n = n + 100");`;

const write = (up: string): void => project.writeRevision("a001", null, "count and add", { up });

beforeEach(async (context) => {
  check(context);
  database = await createMariadbDatabase(
    "CREATE TABLE counted (id INT PRIMARY KEY, n INT NOT NULL); INSERT INTO counted VALUES (1, 0), (2, 0)",
    "CREATE TABLE todos (id INT PRIMARY KEY)",
  );
  project = createTestProject();
  config("tableLockTimeout: 1, tableLockTries: 2");
  write(UPGRADE);
  holder = await mysql.connect(database.url);
});
afterEach(async () => {
  await holder.close();
  project.dispose();
  await database.drop();
});

const hold = async (): Promise<void> => {
  await holder.execute("START TRANSACTION");
  await holder.query("SELECT count(*) FROM todos");
};

const letGo = (): Promise<number> => holder.execute("COMMIT");

const counted = async (): Promise<unknown> =>
  (await database.rows("SELECT n FROM counted ORDER BY id")).map(({ n }) => n);

const columns = async (): Promise<unknown> =>
  (await database.rows("SHOW COLUMNS FROM todos")).map((row) => row["Field"]);

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

describe("a statement on MariaDB that another session keeps waiting", () => {
  it("gives up after so many tries, says what stays, and the next run goes on there", async () => {
    await hold();
    const [row] = await holder.query("SELECT CONNECTION_ID() AS id");
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    const told = oneLine(stderr);
    expect(exitCode).toBe(7);
    expect(told).toMatch(/ALTER TABLE `todos` ADD COLUMN `due` longtext did not get its lock within \d\.\d s\./);
    expect(told).toMatch(/Try 1 of 2: it is tried again in (0\.[5-9]|1\.0) s\./);
    expect(told).not.toContain("Try 2 of 2");
    expect(told).toContain(
      'LB0716 upgrade of a001 gave up after 2 tries: another session holds what "add column due to todos" (',
    );
    expect(told).toContain("Lock wait timeout exceeded; try restarting transaction (error 1205");
    // Without the plugin that tells it, whoever is in the middle of something may be the one.
    expect(told).toMatch(/(Held|It may be held) by session \d+ \(user \w+, from /);
    expect(told).toContain("committed before it failed, and stay applied: UPDATE counted SET n = n + 1;");
    expect(told).toContain(`KILL ${Number(row?.["id"])};`);
    expect(told).toContain("Run the command again: it goes on from there.");
    expect(told).not.toContain("Correct the revision file");
    expect(await counted()).toEqual([11, 11]);
    expect(await columns()).toEqual(["id"]);
    await letGo();
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    expect(await counted()).toEqual([111, 111]);
    expect(await columns()).toEqual(["id", "due"]);
  });

  it("says that nothing stays where nothing was done before", async () => {
    write(`await op.addColumn("todos", "due", text());`);
    await hold();
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    const told = oneLine(stderr);
    expect([exitCode, told]).toEqual([7, expect.stringContaining("LB0716")]);
    expect(told).not.toContain("stays applied");
    await letGo();
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    expect(await columns()).toEqual(["id", "due"]);
  });

  it.each(["DROP TABLE todos, nowhere", "CALL count_and_fail()"])(
    "is not said to be rolled back where part of it stays: %s",
    async (sql) => {
      await database.run(`CREATE PROCEDURE count_and_fail() BEGIN
        UPDATE counted SET n = n + 1 WHERE id = 1;
        CREATE TABLE made (id INT);
        INSERT INTO nowhere VALUES (1);
      END`);
      write(`await op.execute(${JSON.stringify(sql)});`);
      const told = oneLine((await project.limbeck("upgrade head")).stderr);
      expect(told).toContain("part of the statement");
      expect(told).not.toContain("Everything this revision had done was rolled back");
    },
  );

  it("is tried again in beforeRun too", async () => {
    config(
      `tableLockTimeout: 1, tableLockTries: 2, hooks: { async beforeRun({ op }) { await op.execute("ALTER TABLE todos ADD COLUMN first int"); } }`,
    );
    await hold();
    const { status, stderr } = await upgradeAndLetGo();
    expect([status, oneLine(stderr)]).toEqual([0, expect.stringContaining("Try 1 of 2: it is tried again")]);
    expect(await columns()).toEqual(["id", "first", "due"]);
  });

  it("is not sent again in beforeRun where some of it may have taken effect", async () => {
    await database.run(`CREATE PROCEDURE count_twice() BEGIN
      UPDATE counted SET n = n + 1 WHERE id = 1;
      UPDATE counted SET n = n + 1 WHERE id = 2;
    END`);
    config(
      `tableLockTimeout: 1, tableLockTries: 2, hooks: { async beforeRun({ op }) { await op.execute("CALL count_twice()"); } }`,
    );
    await holder.execute("START TRANSACTION");
    await holder.execute("UPDATE counted SET n = 5 WHERE id = 2");
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ error: { code: "LB0722" } });
    await holder.execute("ROLLBACK");
    expect(await counted()).toEqual([1, 0]);
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
    expect(await counted()).toEqual([111, 9]);
  });

  it("is sent again alone when it changes the schema, and everything takes effect once", async () => {
    // A temporary table would not outlive the session, nor a revision that begins anew.
    write(`await op.execute("CREATE TEMPORARY TABLE kept AS SELECT 5 AS n"); ${UPGRADE}
      await op.execute("UPDATE counted SET n = n + (SELECT n FROM kept)");`);
    await hold();
    const { status, stderr } = await upgradeAndLetGo();
    expect([status, oneLine(stderr)]).toEqual([0, expect.stringContaining("Try 1 of 2: it is tried again")]);
    expect(await counted()).toEqual([116, 116]);
    expect(await columns()).toEqual(["id", "due"]);
    const events = await database.rows("SELECT event, count(*) AS n FROM limbeck_history GROUP BY event");
    expect(events.find(({ event }) => event === "failed")).toBeUndefined();
  });

  it("is rolled back and begun anew when it changes rows, behind what is committed", async () => {
    write(`await op.createTable("lists", { id: integer() });
      await op.execute("UPDATE counted SET n = n + 1 WHERE id = 1");
      await op.execute("UPDATE counted SET n = n + 1 WHERE id = 2");`);
    await holder.execute("START TRANSACTION");
    await holder.execute("UPDATE counted SET n = 5 WHERE id = 2");
    const { status, stderr } = await upgradeAndLetGo();
    expect([status, oneLine(stderr)]).toEqual([0, expect.stringContaining("it is rolled back, and tried again")]);
    expect(oneLine(stderr)).toMatch(/Held by session \d+/);
    expect(await counted()).toEqual([1, 6]);
  });

  it("is tried again after a deadlock", async () => {
    config("tableLockTimeout: 30");
    write(`await op.execute("UPDATE counted SET n = n + 1 WHERE id = 1");
      await op.execute("DO SLEEP(1.5)");
      await op.execute("UPDATE counted SET n = n + 1 WHERE id = 2");`);
    await holder.execute("START TRANSACTION");
    // The server ends the one that has done less.
    await holder.execute("INSERT INTO todos VALUES (1), (2), (3), (4), (5), (6), (7), (8)");
    await holder.execute("UPDATE counted SET n = n + 10 WHERE id = 2");
    const running = project.limbeck("upgrade head");
    await new Promise((resolve) => setTimeout(resolve, 900));
    await holder.execute("UPDATE counted SET n = n + 10 WHERE id = 1");
    await letGo();
    const { exitCode, stderr } = await running;
    expect([exitCode, oneLine(stderr)]).toEqual([0, expect.stringContaining("waited for each other")]);
    expect(await counted()).toEqual([11, 11]);
  });

  it("is tried again where a row that it has read was changed meanwhile", async (context) => {
    const [variable] = await holder.query("SHOW VARIABLES LIKE 'innodb_snapshot_isolation'");
    if (!variable) context.skip("this server does not tell of such a row");
    // Newer servers have it on.
    write(`await op.execute("SET SESSION innodb_snapshot_isolation = ON");
      const [{ n }] = await op.query("SELECT n FROM counted WHERE id = 1");
      await op.execute("DO SLEEP(1.5)");
      await op.execute("UPDATE counted SET n = " + (Number(n) + 1) + " WHERE id = 1");`);
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

  it("waits no longer when it is to stop", async () => {
    config("tableLockTimeout: 1, tableLockTries: 9");
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
      expect.stringContaining("LB0714 Stopped on request in the middle"),
    ]);
    expect(await counted()).toEqual([11, 11]);
    await letGo();
    expect((await project.limbeck("upgrade head")).exitCode).toBe(0);
    expect(await counted()).toEqual([111, 111]);
  });
});

describe("a statement on MariaDB that takes too long", () => {
  it("is stopped, and not tried again", async () => {
    write(`await op.execute("UPDATE counted SET n = n + 1"); await op.query("SELECT SLEEP(30) AS slept");`);
    const { exitCode, stderr } = await project.limbeck("upgrade head --statement-timeout 1");
    const told = oneLine(stderr);
    expect([exitCode, told]).toEqual([7, expect.stringContaining('LB0717 upgrade of a001 was stopped: "read rows" (')]);
    expect(told).toContain("took longer than 1 s.");
    expect(await counted()).toEqual([0, 0]);
  });
});

describe("the limits of a session on MariaDB", () => {
  it("are those of the config, of the options, or the usual ones", async () => {
    const seen = async (line: string): Promise<unknown> => {
      await database.run("CREATE TABLE seen (setting TEXT)");
      write(`await op.execute(
        "INSERT INTO seen SELECT CONCAT_WS(' ', @@lock_wait_timeout, @@innodb_lock_wait_timeout, @@max_statement_time)");`);
      const { exitCode, stderr } = await project.limbeck(line);
      if (exitCode !== 0) throw new Error(stderr);
      const [row] = await database.rows("SELECT setting FROM seen");
      await database.run("DROP TABLE seen; DROP TABLE limbeck_version; DROP TABLE limbeck_history");
      return row?.["setting"];
    };
    config("");
    expect(await seen("upgrade head")).toBe("2 2 0.000000");
    config("tableLockTimeout: 0.25, statementTimeout: 90");
    expect(await seen("upgrade head")).toBe("1 1 90.000000");
    expect(await seen("upgrade head --table-lock-timeout 7 --statement-timeout 0")).toBe("7 7 0.000000");
  });

  it("stand in a script where somebody asked for them", async () => {
    config("");
    write(`await op.execute("SELECT 1");`);
    expect((await project.limbeck("upgrade head --sql")).stdout).not.toMatch(/lock_wait_timeout|max_statement_time/);
    const { stdout } = await project.limbeck("upgrade head --sql --table-lock-timeout 5 --statement-timeout 60");
    expect(stdout).toContain("SET SESSION lock_wait_timeout = 5, SESSION innodb_lock_wait_timeout = 5;\n");
    expect(stdout).toContain("SET /*M! SESSION max_statement_time = 60 */");
  });
});
