import { downgrade } from "../../src/commands/downgrade.ts";
import { openEnvironment } from "../../src/commands/environment.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMariadbDatabase, requireMariadb } from "../support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";
import { createSqliteDatabase } from "../support/sqlite-database.ts";
import { createTestProject, type TestProject } from "./test-project.ts";

const ENGINES = [
  { name: "SQLite", check: () => undefined, create: createSqliteDatabase },
  { name: "PostgreSQL", check: requirePostgres(), create: createPostgresDatabase },
  { name: "MariaDB", check: requireMariadb(), create: createMariadbDatabase },
] as const;

let project: TestProject;
let drop: () => Promise<void> = async () => undefined;

beforeEach(() => {
  project = createTestProject();
  project.writeRevision("a001", null, "initial", {
    up: `await op.createTable("notes", { id: integer().primaryKey(), title: text(), body: text() });
      await op.createTable("empty", { id: integer().primaryKey() });`,
    down: `await op.dropTable("empty"); await op.dropTable("notes");`,
  });
  project.writeRevision("a002", "a001", "due", {
    up: `await op.addColumn("notes", "due", text());`,
    down: `await op.dropColumn("notes", "due");`,
  });
});

afterEach(async () => {
  project.dispose();
  await drop();
  drop = async () => undefined;
});

describe.each(ENGINES)("a run that destroys data on $name", ({ check, create }) => {
  async function start(config = ""): Promise<Awaited<ReturnType<typeof create>>> {
    const database = await create();
    drop = database.drop;
    project.write("limbeck.config.ts", `export default { url: "${database.url}", ${config} };\n`);
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    await database.run("INSERT INTO notes VALUES (1, 'a', NULL, 'today'), (2, 'b', NULL, NULL)");
    return database;
  }
  const countNotes = async ({ rows }: Awaited<ReturnType<typeof create>>): Promise<number> =>
    Number((await rows("SELECT count(*) AS n FROM notes"))[0]?.["n"]);

  it("is a downgrade that asks first", { timeout: 60_000 }, async (context) => {
    check(context);
    const database = await start();
    const refused = await project.limbeck("downgrade base");
    expect(refused.exitCode).toBe(2);
    // The column goes with its table, so its values are not told apart; the other table is empty.
    expect(refused.stderr).toContain("LB1070 The downgrade destroys data, so it asks first.");
    expect(refused.stderr).toContain("    all 2 rows of notes\n  fix: limbeck downgrade base --allow-data-loss\n");
    expect(refused.stderr).not.toContain("empty");
    expect((await project.limbeck("current")).stdout).toBe("a002 (head)\n");
    const no = await project.limbeck("downgrade -1 --no-color", { isTTY: true, answers: ["no"] });
    expect(no).toMatchObject({
      exitCode: 3,
      asked: ["The downgrade destroys\n  1 value of notes.due\nGo on?"],
      stderr: expect.stringMatching(/Nothing was changed\.\n$/),
    });
    expect(await countNotes(database)).toBe(2);
    const allowed = await project.limbeck("downgrade -1 --allow-data-loss");
    expect(allowed.exitCode).toBe(0);
    expect(allowed.stderr).toContain("Destroys 1 value of notes.due.");
    const yes = await project.limbeck("downgrade base --no-color", { isTTY: true, answers: ["yes"] });
    expect(yes).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("Destroys all 2 rows of notes.") });
  });

  it("is announced when it is an upgrade", { timeout: 60_000 }, async (context) => {
    check(context);
    await start();
    project.writeRevision("a003", "a002", "no title", { up: `await op.dropColumn("notes", "title");` });
    const { exitCode, stderr } = await project.limbeck("upgrade head");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("Destroys 2 values of notes.title.");
  });

  it("wants the name of a protected database", { timeout: 60_000 }, async (context) => {
    check(context);
    const database = await start("protected: true");
    const name = database.url.replace(/^.*\//, "");
    project.writeRevision("a003", "a002", "no title", { up: `await op.dropColumn("notes", "title");` });
    const refused = await project.limbeck("upgrade head");
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("LB1071") });
    expect(refused.stderr).toContain(`fix: limbeck upgrade head --confirm ${name}\n`);
    expect(await project.limbeck("downgrade -1 --allow-data-loss")).toMatchObject({ exitCode: 2 });
    expect(await project.limbeck("reset --yes")).toMatchObject({ exitCode: 2 });
    expect(await project.limbeck("upgrade head --confirm other")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('and not "other"'),
    });
    expect(await countNotes(database)).toBe(2);
    const typed = await project.limbeck("upgrade head --no-color", { isTTY: true, answers: [name] });
    expect(typed).toMatchObject({ exitCode: 0, asked: [expect.stringContaining(`Type its name, ${name},`)] });
  });
});

describe("a run that destroys data", () => {
  it("says which database it works on, without a password", async () => {
    const database = await createSqliteDatabase();
    drop = database.drop;
    project.write("limbeck.config.ts", `export default { url: "sqlite:other.db" };\n`);
    const run = await project.limbeck("upgrade head", { env: { DATABASE_URL: database.url } });
    expect(run.stderr).toMatch(/^Database {3}sqlite:\/.*app\.db \(from DATABASE_URL\)\n/);
  });

  it("is foreseen through renames, in SQL files, and in raw SQL", async () => {
    const database = await createSqliteDatabase();
    drop = database.drop;
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    project.write(
      "migrations/versions/a003.sql",
      '-- more\n--\n-- revision: a003\n-- down_revision: a002\n\n-- limbeck: upgrade\nCREATE TABLE "my tags" (id INTEGER);\nALTER TABLE notes ADD COLUMN extra TEXT;\n\n' +
        '-- limbeck: downgrade\nDROP TABLE IF EXISTS "my tags"; -- gone\nALTER TABLE notes DROP COLUMN extra;\n',
    );
    project.writeRevision("a004", "a003", "rename", {
      up: `await op.renameColumn("notes", "due", "until"); await op.renameTable("notes", "memos");`,
      down: `await op.renameTable("memos", "notes"); await op.renameColumn("notes", "until", "due");`,
    });
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    await database.run(
      "INSERT INTO memos VALUES (1, 'a', NULL, 'today', 'x')",
      'INSERT INTO "my tags" VALUES (1), (2)',
    );
    const { stderr } = await project.limbeck("downgrade a001");
    for (const loss of ["all 2 rows of my tags", "1 value of memos.extra", "1 value of memos.until"]) {
      expect(stderr).toContain(`    ${loss}\n`);
    }
  });

  it("is none where a table is rebuilt by hand", async () => {
    const database = await createSqliteDatabase();
    drop = database.drop;
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    project.write(
      "migrations/versions/a003.sql",
      "-- strict\n--\n-- revision: a003\n-- down_revision: a002\n\n-- limbeck: upgrade\n\n-- limbeck: downgrade\n" +
        'CREATE TABLE "other" (id INTEGER PRIMARY KEY, title TEXT, body TEXT, due TEXT);\n' +
        'INSERT INTO "other" (id, title, body, due) SELECT id, title, body, due FROM "notes";\n' +
        'DROP TABLE "notes";\nALTER TABLE "other" RENAME TO "notes";\n',
    );
    await project.limbeck("upgrade head");
    await database.run("INSERT INTO notes (id) VALUES (1)");
    const { exitCode, stderr } = await project.limbeck("downgrade -1");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.not.stringContaining("Destroys") });
    expect(await database.rows("SELECT id FROM notes")).toHaveLength(1);
  });

  it.each([
    ["DELETE FROM notes", 2],
    ['delete /* all */ from main."notes" ;', 2],
    ["DELETE FROM notes RETURNING id", 2],
    ["DELETE FROM notes WHERE id = 1", 0],
    ["DELETE FROM notes AS n WHERE n.id = 1", 0],
    ["INSERT INTO kept SELECT id FROM notes; DELETE FROM notes", 0],
  ])("asks before it empties a table with %s: exit code %s", async (sql, exitCode) => {
    const database = await createSqliteDatabase();
    drop = database.drop;
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    project.writeRevision("a003", "a002", "empty", {
      up: `await op.execute("CREATE TABLE kept (id INTEGER)");`,
      down: sql
        .split("; ")
        .map((statement) => `await op.execute(${JSON.stringify(statement)});`)
        .join(" "),
    });
    await project.limbeck("upgrade head");
    await database.run("INSERT INTO notes (id) VALUES (1), (2)");
    const run = await project.limbeck("downgrade -1");
    expect(run).toMatchObject({
      exitCode,
      stderr: expect.stringContaining(exitCode === 0 ? "" : "all 2 rows of notes"),
    });
  });

  const copyTo = (columns: string, rest = "") =>
    `CREATE TABLE n2 (id INTEGER PRIMARY KEY, title TEXT, body TEXT, due TEXT); INSERT INTO n2 (${columns}) SELECT ${columns} FROM notes${rest}; DROP TABLE notes; ALTER TABLE n2 RENAME TO notes`;
  const all = "id, title, body, due";

  it.each([
    ["a copy of some rows", copyTo(all, " WHERE id < 2"), "up to 2 rows of notes"],
    ["a copy that may leave rows out", copyTo(all).replace("INSERT", "INSERT OR IGNORE"), "all 2 rows of notes"],
    ["a copy of some columns", copyTo("id, body, due"), "2 values of notes.title"],
    ["a temporary copy", "CREATE TEMP TABLE k AS SELECT * FROM notes; DROP TABLE notes", "all 2 rows of notes"],
    ["a temporary table", "CREATE TEMP TABLE k (a); INSERT INTO k SELECT * FROM notes; DROP TABLE notes", "all 2 rows"],
    ["a copy of itself", "INSERT INTO notes SELECT * FROM notes; DROP TABLE notes", "all 2 rows"],
    [
      "a constant that is called so",
      copyTo(all).replace(`SELECT ${all}`, "SELECT id, NULL AS title, body, due"),
      "2 values of notes.title",
    ],
    [
      "a constant that is called so without AS",
      copyTo(all).replace(`SELECT ${all}`, "SELECT id, 'a, b' title, body, due"),
      "2 values of notes.title",
    ],
    [
      "one row made of all",
      "CREATE TABLE k AS SELECT max(id) AS id, max(title), max(body), max(due) FROM notes; DROP TABLE notes",
      "up to 2 rows of notes",
    ],
    ["a copy that goes too", "CREATE TABLE k AS SELECT * FROM notes; DROP TABLE k; DROP TABLE notes", "all 2 rows"],
    ["a rename", "ALTER TABLE notes RENAME TO old; DROP TABLE old; CREATE TABLE notes (id)", "all 2 rows of notes"],
    ["a rename, later", "ALTER TABLE notes RENAME TO old;; DROP TABLE old", "all 2 rows of (notes|old)"],
    [
      "a rename of a column",
      "ALTER TABLE notes RENAME title TO x; ALTER TABLE notes DROP x",
      "2 values of notes.title",
    ],
    ["a second rebuild", `${copyTo(all)}; ${copyTo(all, " LIMIT 1")}`, "up to 2 rows of notes"],
    ["a copy of the first rows", copyTo(all, " ORDER BY id LIMIT 1"), "up to 2 rows of notes"],
  ])("is found behind %s", async (_what, sql, loss) => {
    const database = await createSqliteDatabase();
    drop = database.drop;
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    const calls = sql.split(";; ").map((script) => `await op.execute(${JSON.stringify(script)});`);
    project.writeRevision("a003", "a002", "raw", { up: "", down: calls.join(" ") });
    await project.limbeck("upgrade head");
    await database.run("INSERT INTO notes (id, title) VALUES (1, 'a'), (2, 'b')");
    expect(await project.limbeck("downgrade -1")).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(loss) });
    expect(await database.rows("SELECT id FROM notes")).toHaveLength(2);
  });

  it.each([
    ["all columns", copyTo(all)],
    ["all columns, which fails on a conflict", copyTo(all).replace("INSERT", "INSERT OR ABORT")],
    [
      "all columns, after which something else reads the table",
      copyTo(all).replace("; DROP", "; CREATE TABLE sizes AS SELECT count(*) FROM notes; DROP"),
    ],
    [
      "columns that are called otherwise, or made of others",
      copyTo(all).replace(
        `SELECT ${all}`,
        "SELECT id AS id, trim(title) AS title, CAST(body AS TEXT) b, '' || due AS due",
      ),
    ],
    ["a star", copyTo(all).replace(`SELECT ${all}`, "SELECT n.*").replace("FROM notes", "FROM notes AS n ORDER BY id")],
    ["a renamed table", "ALTER TABLE notes RENAME TO old; CREATE TABLE notes AS SELECT * FROM old; DROP TABLE old"],
  ])("is none behind a copy of %s", async (_what, sql) => {
    const database = await createSqliteDatabase();
    drop = database.drop;
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    project.writeRevision("a003", "a002", "raw", { up: "", down: `await op.execute(${JSON.stringify(sql)});` });
    await project.limbeck("upgrade head");
    await database.run("INSERT INTO notes (id, title) VALUES (1, 'a'), (2, 'b')");
    expect(await project.limbeck("downgrade -1")).toMatchObject({ exitCode: 0 });
    expect(await database.rows("SELECT id FROM notes")).toHaveLength(2);
  });

  it("is none of a copy that is made where there is none, and all where there is an older one", async () => {
    const database = await createSqliteDatabase();
    drop = database.drop;
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    project.writeRevision("a003", "a002", "parked", {
      up: `await op.execute("CREATE TABLE parked_notes (id INTEGER)");`,
      down: `await op.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT * FROM parked_notes; DROP TABLE parked_notes");`,
    });
    await project.limbeck("upgrade head");
    await database.run("INSERT INTO parked_notes VALUES (1)");
    expect(await project.limbeck("downgrade -1")).toMatchObject({ exitCode: 0 });
    expect(await database.rows("SELECT id FROM kept")).toEqual([{ id: 1 }]);
    await project.limbeck("upgrade head");
    await database.run("INSERT INTO parked_notes VALUES (2), (3)");
    expect(await project.limbeck("downgrade -1")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("all 2 rows of parked_notes"),
    });
    expect(await database.rows("SELECT id FROM parked_notes")).toHaveLength(2);
  });

  it("stops before what nobody could foresee", async () => {
    const database = await createSqliteDatabase();
    drop = database.drop;
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    project.writeRevision("a003", "a002", "reads", {
      up: "",
      down: `await op.query("SELECT 1"); await op.dropTable("notes");`,
    });
    await project.limbeck("upgrade head");
    await database.run("INSERT INTO notes (id) VALUES (1)");
    const refused = await project.limbeck("downgrade -1");
    // As any revision that fails: it was rolled back.
    expect(refused).toMatchObject({ exitCode: 7, stderr: expect.stringContaining("the only row of notes") });
    expect(refused.stderr).toContain("fix: limbeck downgrade -1 --allow-data-loss\n");
    expect(await database.rows("SELECT id FROM notes")).toHaveLength(1);
    expect((await project.limbeck("current")).stdout).toBe("a003 (head)\n");
    expect(await project.limbeck("downgrade -1 --allow-data-loss")).toMatchObject({ exitCode: 0 });
  });

  it("stops before what nobody could foresee, also where something else was agreed to", async () => {
    const database = await createSqliteDatabase();
    drop = database.drop;
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    project.writeRevision("a003", "a002", "reads", {
      up: "",
      down: `await op.query("SELECT 1"); await op.dropTable("notes");`,
    });
    project.writeRevision("a004", "a003", "first to go", {
      up: `await op.createTable("little", { id: integer() });`,
      down: `await op.dropTable("little");`,
    });
    await project.limbeck("upgrade head");
    await database.run("INSERT INTO notes (id) VALUES (1), (2)", "INSERT INTO little VALUES (1)");
    const yes = await project.limbeck("downgrade a002 --no-color", { isTTY: true, answers: ["yes"] });
    expect(yes.asked).toEqual(["The downgrade destroys\n  the only row of little\nGo on?"]);
    expect(yes).toMatchObject({ exitCode: 7, stderr: expect.stringContaining("all 2 rows of notes") });
    expect(await database.rows("SELECT id FROM notes")).toHaveLength(2);
    expect((await project.limbeck("current")).stdout).toBe("a003\n");
  });

  it("stops before rows that came while somebody was asked, into a table that was empty", async () => {
    const database = await createSqliteDatabase();
    drop = database.drop;
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    project.writeRevision("a003", "a002", "two tables", {
      up: `await op.createTable("little", { id: integer() }); await op.createTable("later", { id: integer() });`,
      down: `await op.dropTable("little"); await op.dropTable("later");`,
    });
    await project.limbeck("upgrade head");
    await database.run("INSERT INTO little VALUES (1)");
    const environment = await openEnvironment({ cwd: project.folder, env: {} });
    const asked: string[] = [];
    const askLoss = async (losses: readonly string[]): Promise<boolean> => {
      asked.push(...losses);
      await database.run("INSERT INTO later VALUES (1), (2)");
      return true;
    };
    await expect(downgrade(environment, { target: "-1", askLoss })).rejects.toMatchObject({
      code: "LB1070",
      context: { losses: ["all 2 rows of later"] },
    });
    expect(asked).toEqual(["the only row of little"]);
    expect(await database.rows("SELECT id FROM little")).toHaveLength(1);
    asked.length = 0;
    await downgrade(environment, { target: "-1", askLoss });
    expect(asked).toEqual(["the only row of little", "all 2 rows of later"]);
  });

  it("runs what somebody agreed to, also where a file is edited while they are asked", async () => {
    const database = await createSqliteDatabase();
    drop = database.drop;
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    const writeThird = (down: string): void =>
      project.writeRevision("a003", "a002", "little", {
        up: `await op.createTable("little", { id: integer() });`,
        down,
      });
    writeThird(`await op.dropTable("little");`);
    await project.limbeck("upgrade head");
    await database.run("INSERT INTO little VALUES (1)", "INSERT INTO notes (id) VALUES (1)");
    const environment = await openEnvironment({ cwd: project.folder, env: {} });
    const askLoss = async (): Promise<boolean> => {
      writeThird(`await op.dropTable("little"); await op.execute("INSERT INTO notes (id) VALUES (7)");`);
      return true;
    };
    await downgrade(environment, { target: "-1", askLoss });
    expect(await database.rows("SELECT id FROM notes")).toEqual([{ id: 1 }]);
    const checksums = "SELECT count(DISTINCT checksum) AS n FROM limbeck_history WHERE revision = 'a003'";
    expect(await database.rows(checksums)).toEqual([{ n: 1 }]);
  });

  it("takes the name of a protected database for all that the run destroys, foreseen or not", async () => {
    const database = await createSqliteDatabase();
    drop = database.drop;
    const name = database.url.replace(/^.*\//, "");
    project.write("limbeck.config.ts", `export default { url: "${database.url}", protected: true };\n`);
    await project.limbeck("upgrade head");
    await database.run("INSERT INTO notes (id) VALUES (1)");
    project.writeRevision("a003", "a002", "reads", { up: `await op.query("SELECT 1"); await op.dropTable("notes");` });
    const refused = await project.limbeck("upgrade head");
    expect(refused).toMatchObject({ exitCode: 7, stderr: expect.stringContaining("the only row of notes") });
    expect(refused.stderr).toContain(`fix: limbeck upgrade head --confirm ${name}\n`);
    expect(await database.rows("SELECT id FROM notes")).toHaveLength(1);
    expect(await project.limbeck(`upgrade head --confirm ${name}`)).toMatchObject({ exitCode: 0 });
  });

  it("asks for nothing where the tables are empty", async () => {
    const database = await createSqliteDatabase();
    drop = database.drop;
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    await project.limbeck("upgrade head");
    expect(await project.limbeck("downgrade base")).toMatchObject({ exitCode: 0, asked: [] });
  });
});
