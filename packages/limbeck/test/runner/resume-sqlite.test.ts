import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);
});

afterEach(() => project.dispose());

/** Runs SQL on the database, and gives the rows of the last statement. */
function run(...statements: readonly string[]): readonly Readonly<Record<string, unknown>>[] {
  const database = new DatabaseSync(join(project.folder, "app.db"));
  let rows: readonly Readonly<Record<string, unknown>>[] = [];
  for (const sql of statements) rows = database.prepare(sql).all();
  database.close();
  return rows.map((row) => ({ ...row }));
}

async function upgrade(): Promise<void> {
  const { exitCode, stderr } = await project.limbeck("upgrade head");
  expect(stderr).not.toContain("✖");
  expect(exitCode).toBe(0);
}

describe("what a later run goes on with", () => {
  /** Runs a revision up to where it stops, and then from there on. */
  async function stopAndGoOn(before: string, after: string): Promise<void> {
    const stop = `if (!(await import("node:fs")).existsSync("${join(project.folder, "pass")}")) throw new Error("stopped");`;
    project.writeRevision("a1", null, "first", { up: `${before}\n${stop}\n${after}` });
    const stopped = await project.limbeck("upgrade head");
    expect(stopped.stderr).toContain("stopped");
    expect(stopped.exitCode).toBe(7);
    project.write("pass", "");
    await upgrade();
  }

  it("is all that a read gave, however many rows that were, also where they are gone by now", async () => {
    run(
      "CREATE TABLE s (id INTEGER PRIMARY KEY, note TEXT)",
      `INSERT INTO s WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 25001)
        SELECT x, 'note ' || x || char(10) || '''' FROM c`,
      "CREATE TABLE r AS SELECT * FROM s",
    );
    await stopAndGoOn(
      `const rows = await op.query("SELECT id, note FROM s");
      await op.autocommit(async () => { await op.execute("DELETE FROM s"); });`,
      `for (let at = 0; at < rows.length; at += 5000) await op.bulkInsert("s", rows.slice(at, at + 5000));`,
    );
    expect(run("SELECT count(*) AS n FROM s")).toEqual([{ n: 25_001 }]);
    expect(run("SELECT * FROM s EXCEPT SELECT * FROM r")).toEqual([]);
  });

  it("is every value that a read gave", async () => {
    const values = "9e999, -9e999, -0.0, 9007199254740993, x'00ff', 'a' || char(0) || 'b', NULL, 0.1";
    run("CREATE TABLE s (a REAL, b REAL, c REAL, d INTEGER, e BLOB, f TEXT, g TEXT, h REAL)");
    run(`INSERT INTO s VALUES (${values})`);
    run("CREATE TABLE r AS SELECT * FROM s");
    await stopAndGoOn(
      `const [row] = await op.query("SELECT * FROM s");
      await op.autocommit(async () => { await op.execute("DELETE FROM s"); });`,
      `const { a, b, ...others } = row;
      const words = [a, b].map((one) => (one === null ? "NULL" : one > 0 ? "9e999" : "-9e999")).join(", ");
      await op.execute("INSERT INTO s VALUES (" + words + ", ?, ?, ?, ?, ?, ?)", { parameters: Object.values(others) });`,
    );
    const quoted = ["a", "b", "c", "d", "e", "f", "g", "h"].map((column) => `quote(${column})`).join(", ");
    expect(run(`SELECT ${quoted} FROM s`)).toEqual(run(`SELECT ${quoted} FROM r`));
  });

  describe("of a temporary table", () => {
    const put = `await op.execute(\`INSERT INTO t\nSELECT a FROM\nkeep\`);`;

    beforeEach(() => run("CREATE TABLE t (a)", "INSERT INTO t VALUES (1), (2), (3)"));

    it.each([
      ["filled by a call", `CREATE TEMP TABLE keep (a)`, `INSERT INTO temp.keep SELECT a FROM t`],
      ["made of a query", `CREATE TEMPORARY TABLE IF NOT EXISTS temp.[keep] AS SELECT a FROM t`],
    ])("is refused when its rows are gone: %s", async (_, ...statements) => {
      project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", transactions: "none" };\n`);
      const first = statements.map((sql) => `await op.execute("${sql}");`).join("\n");
      await expect(stopAndGoOn(`${first}\nawait op.execute("DELETE FROM t");`, put)).rejects.toThrow("✖");
      const again = await project.limbeckJson("upgrade head");
      expect(again).toMatchObject({ exitCode: 7, error: { code: "LB1309" } });
      expect(run("SELECT version_num FROM limbeck_version")).toEqual([]);
    });

    it("is no matter where it had none, or is not needed any more", async () => {
      project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", transactions: "none" };\n`);
      await stopAndGoOn(
        `await op.execute("CREATE TEMP TABLE used AS SELECT a FROM t");
        await op.execute("INSERT INTO t SELECT a + 3 FROM used");
        await op.execute("CREATE TEMP TABLE keep AS SELECT a FROM t");`,
        `await op.execute("DELETE FROM t");
        ${put}
        await op.execute("DROP TABLE used");`,
      );
      expect(run("SELECT a FROM t")).toEqual([1, 2, 3, 4, 5, 6].map((a) => ({ a })));
    });
  });
});

describe("what SQLite refuses in a transaction, or passes over there", () => {
  const STATEMENTS = `await op.execute("PRAGMA journal_mode = WAL");
    await op.execute("PRAGMA main.synchronous = NORMAL");
    await op.execute("INSERT INTO t (id) VALUES (1)");
    await op.execute("PRAGMA wal_checkpoint(TRUNCATE)");`;

  it.each(["revision", "none"])("is done outside of one: transactions %s", async (transactions) => {
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", transactions: "${transactions}" };\n`);
    run("CREATE TABLE t (id INTEGER)");
    project.writeRevision("a1", null, "first", { up: STATEMENTS });
    await upgrade();
    expect(run("PRAGMA journal_mode")).toEqual([{ journal_mode: "wal" }]);
    expect(run("SELECT id FROM t")).toEqual([{ id: 1 }]);
  });

  it("is a setting of the session, in a block without a transaction", async () => {
    run(
      "CREATE TABLE p (id INTEGER PRIMARY KEY)",
      "CREATE TABLE c (p INTEGER REFERENCES p ON DELETE CASCADE)",
      "INSERT INTO p VALUES (1)",
      "INSERT INTO c VALUES (1)",
    );
    project.writeRevision("a1", null, "first", {
      up: `await op.autocommit(async () => {
        await op.execute("PRAGMA foreign_keys = ON");
        await op.execute("DELETE FROM p");
      });`,
    });
    await upgrade();
    expect(run("SELECT * FROM c")).toEqual([]);
  });
});
