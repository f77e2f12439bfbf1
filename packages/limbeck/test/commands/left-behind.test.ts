import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };`);
});

afterEach(() => project.dispose());

function run(sql: string): void {
  const database = new DatabaseSync(join(project.folder, "app.db"), { enableForeignKeyConstraints: false });
  database.exec(sql);
  database.close();
}

function readAll(sql: string): readonly unknown[] {
  const database = new DatabaseSync(join(project.folder, "app.db"));
  const rows = database.prepare(sql).all();
  database.close();
  return rows.map((row) => Object.values(row)[0]);
}

async function upgrade(
  line: string = "upgrade head",
): Promise<{ readonly exitCode: number; readonly error?: unknown }> {
  return project.limbeckJson(line);
}

const statements = (...list: readonly string[]): string =>
  list.map((sql) => `await op.execute(${JSON.stringify(sql)});`).join(" ");

const rebuildWithout = (column: string): string =>
  `await op.batchAlterTable("t", (batch) => { batch.dropColumn("${column}"); }, { recreate: "always" });`;

describe("views and triggers that a revision breaks", () => {
  const TABLES = `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c TEXT); CREATE TABLE log (m TEXT, n TEXT); CREATE TABLE other (x);`;
  const TRIGGER = `CREATE TRIGGER tr AFTER UPDATE OF a ON t BEGIN INSERT INTO log (m, n) VALUES (old.a, new.c); END;`;

  it.each([
    ["a column of another table", `await op.dropColumn("log", "n");`, TRIGGER, "trigger tr", "n"],
    ["another table", `await op.dropTable("log");`, TRIGGER, "trigger tr", "log"],
    ["the only column that fires it", rebuildWithout("a"), TRIGGER.replace("old.a", "1"), "trigger tr", "a"],
    [
      "a column, by raw SQL",
      statements(
        "PRAGMA legacy_alter_table=ON",
        "CREATE TABLE l2 (m)",
        "DROP TABLE log",
        "ALTER TABLE l2 RENAME TO log",
      ),
      TRIGGER,
      "trigger tr",
      "n",
    ],
    ["a table of a view", `await op.dropTable("t");`, "CREATE VIEW v AS SELECT c FROM t;", "view v", "main.t"],
    [
      "the view below",
      `await op.dropView("v");`,
      "CREATE VIEW v AS SELECT c FROM t; CREATE VIEW w AS SELECT * FROM v;",
      "view w",
      "v",
    ],
    [
      "what INSTEAD OF writes to",
      `await op.dropTable("log");`,
      "CREATE VIEW v AS SELECT a FROM t; CREATE TRIGGER iv INSTEAD OF DELETE ON v BEGIN DELETE FROM log; END;",
      "trigger iv",
      "log",
    ],
    [
      "the key of an upsert",
      `await op.dropIndex("lm", "log");`,
      "CREATE UNIQUE INDEX lm ON log (m); CREATE TRIGGER up AFTER INSERT ON t BEGIN INSERT INTO log (m) VALUES (1) ON CONFLICT (m) DO NOTHING; END;",
      "trigger up",
      "ON CONFLICT",
    ],
  ])("stop it when it takes away %s", async (...[, up, objects, name, missing]) => {
    project.writeRevision("a1", null, "break", { up });
    run(TABLES + objects);
    const before = readAll("SELECT sql FROM sqlite_schema ORDER BY name");
    const failed = await upgrade();
    expect(failed).toMatchObject({ exitCode: 7, error: { code: "LB0711", title: expect.stringContaining(name) } });
    expect(failed.error).toMatchObject({ why: expect.stringContaining(missing) });
    expect(readAll("SELECT sql FROM sqlite_schema ORDER BY name")).toEqual(expect.arrayContaining([...before]));
  });

  it("are named one by one: not those that only fire others, nor those beside them", async () => {
    project.writeRevision("a1", null, "break", { up: `await op.dropColumn("log", "n");` });
    run(`${TABLES}${TRIGGER}
      CREATE TRIGGER beside AFTER UPDATE ON t BEGIN SELECT 1; END;
      CREATE TRIGGER outer_one AFTER INSERT ON other BEGIN UPDATE t SET a = 1; END;`);
    const { error } = await upgrade();
    expect(error).toMatchObject({ code: "LB0711", title: "upgrade of a1 would break trigger tr." });
  });

  it("may wait for the number of a row, or for a column that only SQLite sets", async () => {
    const triggers = [
      "CREATE TRIGGER tn AFTER UPDATE OF rowid ON t BEGIN INSERT INTO log (m) VALUES (old.a); END",
      "CREATE TRIGGER tg AFTER UPDATE OF g ON made BEGIN INSERT INTO log (m) VALUES (old.a); END",
      "CREATE TRIGGER tb AFTER UPDATE OF g, a ON made BEGIN INSERT INTO log (m) VALUES (old.a); END",
    ];
    project.writeRevision("a1", null, "make", { up: statements(...triggers) });
    project.writeRevision("a2", "a1", "break", { up: `await op.dropColumn("log", "m");` });
    run(`${TABLES} CREATE TABLE made (a TEXT, g TEXT AS (upper(a)));`);
    expect(await upgrade("upgrade a1")).toMatchObject({ exitCode: 0 });
    // The one that never fires cannot break.
    expect(await upgrade()).toMatchObject({
      error: { code: "LB0711", title: "upgrade of a2 would break trigger tb, trigger tn." },
    });
  });

  it("do not wait for the number of a row where there is none", async () => {
    const trigger = "CREATE TRIGGER tn AFTER UPDATE OF oid ON bare BEGIN SELECT 1; END";
    project.writeRevision("a1", null, "make", { up: statements(trigger) });
    run("CREATE TABLE bare (a TEXT PRIMARY KEY) WITHOUT ROWID");
    expect(await upgrade()).toMatchObject({ error: { code: "LB0711", why: expect.stringContaining("oid") } });
  });

  it("are found in a moment also when they are many", async () => {
    project.writeRevision("a1", null, "break", { up: `await op.dropTable("log");` });
    const audited = Array.from({ length: 400 }, (_, number) => `audited_${number}`);
    const trigger = (table: string, event: string): string =>
      `CREATE TRIGGER ${table}_${event} AFTER ${event} ON ${table} BEGIN INSERT INTO log (m) VALUES ('${table}'); END;`;
    const tables = audited.map(
      (table) => `CREATE TABLE ${table} (a); ${trigger(table, "INSERT")} ${trigger(table, "DELETE")}`,
    );
    run(`BEGIN; ${TABLES} ${tables.join("\n")} COMMIT`);
    const start = performance.now();
    const { error } = await upgrade();
    expect(error).toMatchObject({ code: "LB0711", title: expect.stringContaining("trigger audited_399_INSERT") });
    // It would be minutes if all the others were dropped for each of them.
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it("may be dropped and made anew in the same revision", async () => {
    project.writeRevision("a1", null, "change", {
      up: `await op.dropTrigger("tr"); await op.dropColumn("log", "n");
           await op.createTrigger("tr", "t", "CREATE TRIGGER tr AFTER UPDATE ON t BEGIN INSERT INTO log VALUES (old.a); END");`,
    });
    run(TABLES + TRIGGER);
    expect(await upgrade()).toMatchObject({ exitCode: 0 });
  });

  it("are not held against it when they were broken before, or need what only an application has", async () => {
    project.writeRevision("a1", null, "drop", {
      up: rebuildWithout("a"),
    });
    run(`${TABLES} CREATE TABLE gone (x); CREATE VIEW v AS SELECT x FROM gone; DROP TABLE gone;
      CREATE VIEW own AS SELECT slug(c) AS s FROM t;
      CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log (m) VALUES (nowhere(new.c)); END;
      CREATE TRIGGER dead AFTER DELETE ON other BEGIN DELETE FROM nowhere; END;`);
    expect(await upgrade()).toMatchObject({ exitCode: 0 });
  });

  it("are held against a revision that comes after one which broke nothing, and against a downgrade", async () => {
    project.writeRevision("a1", null, "tables", {
      up: statements(...TABLES.split(";").filter((sql) => sql.trim() !== "")),
    });
    project.writeRevision("a2", "a1", "column", {
      up: `await op.addColumn("log", "z", text()); ${statements("CREATE TRIGGER tz AFTER INSERT ON t BEGIN INSERT INTO log (z) VALUES (1); END")}`,
      down: `await op.dropColumn("log", "z");`,
    });
    project.writeRevision("a3", "a2", "break", {
      up: `await op.dropColumn("log", "n");`,
      down: `await op.addColumn("log", "n", text());`,
    });
    expect(await upgrade()).toMatchObject({ exitCode: 0 });
    expect(await upgrade("downgrade a1")).toMatchObject({
      exitCode: 7,
      error: { code: "LB0711", title: "downgrade of a2 would break trigger tz." },
    });
    expect((await project.limbeck("current")).stdout).toBe("a2\n");
  });

  it("keep autogenerate from writing a revision, and fail its test", async () => {
    run(TABLES.replace("c TEXT", "c INTEGER") + TRIGGER);
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", models: () => import("./models.ts") };`);
    project.write(
      "models.ts",
      `import { integer, table, text, rawType } from "limbeck/schema";
       export const t = table("t", { id: integer().primaryKey(), a: text() });
       export const log = table("log", { m: text(), n: text() });`,
    );
    project.write("migrations/versions/.gitkeep", "");
    const failed = await project.limbeckJson("revision --autogenerate --drop-ok -m drop");
    expect(failed).toMatchObject({
      exitCode: 6,
      error: { code: "LB1101", why: expect.stringContaining("trigger tr") },
    });
    project.writeRevision("a1", null, "tables", {
      up: statements(...TABLES.split(";").filter((sql) => sql.trim() !== ""), TRIGGER.slice(0, -1)),
      down: "",
    });
    project.writeRevision("a2", "a1", "drop", {
      up: `await op.dropColumn("log", "n");`,
      down: `await op.addColumn("log", "n", text());`,
    });
    expect(await project.limbeckJson("test")).toMatchObject({
      exitCode: 7,
      data: { revisions: [{}, { verdict: "broken", problems: [{ error: { code: "LB0711" } }] }] },
    });
  });
});

describe("what a revision does to its session", () => {
  it.each([
    ["legacy renames", "PRAGMA legacy_alter_table=ON", `await op.renameTable("t", "u");`],
    [
      "checks that are off",
      "PRAGMA ignore_check_constraints=ON",
      `await op.execute("INSERT INTO k VALUES (-1)").then(() => { throw new Error("let in"); }, () => undefined);`,
    ],
    [
      "another LIKE",
      "PRAGMA case_sensitive_like=ON",
      `if ((await op.query("SELECT 'a' LIKE 'A' AS y"))[0].y !== 1) throw new Error("LIKE differs");`,
    ],
    [
      "a temporary table",
      "CREATE TEMP TABLE draft AS SELECT 1 AS x",
      `await op.execute("CREATE TEMP TABLE draft (a)");`,
    ],
    [
      "triggers that fire themselves",
      "PRAGMA recursive_triggers=ON",
      `if ((await op.query("PRAGMA recursive_triggers"))[0].recursive_triggers !== 0) throw new Error("on");`,
    ],
    ["an attached database", "ATTACH ':memory:' AS side", `await op.execute("ATTACH ':memory:' AS side");`],
  ])("does not reach into the next one: %s", async (_, sql, up) => {
    run("CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t; CREATE TABLE k (n CHECK (n > 0));");
    project.write(
      "migrations/versions/a1.sql",
      `-- revision: a1\n-- down_revision: none\n-- limbeck: upgrade\n${sql};\n`,
    );
    const throws = up.includes("let in");
    project.writeRevision("a2", "a1", "next", { up });
    const result = await upgrade();
    expect(result).toMatchObject(throws ? { exitCode: 7, error: { code: "LB0701" } } : { exitCode: 0 });
    const view = readAll("SELECT sql FROM sqlite_schema WHERE name = 'v'");
    expect(view).toEqual([`CREATE VIEW v AS SELECT a FROM ${up.includes("rename") ? `"u"` : "t"}`]);
  });

  it("is given back to whoever handed the connection over, also when it fails", async () => {
    project.write(
      "limbeck.config.ts",
      `import { DatabaseSync } from "node:sqlite";
       const connection = new DatabaseSync("app.db");
       connection.exec("PRAGMA case_sensitive_like=ON; PRAGMA recursive_triggers=ON; CREATE TEMP TABLE mine (a)");
       process.on("limbeck-test", (answer) => answer(connection));
       export default { connection: () => connection };`.replace(
        `"app.db"`,
        JSON.stringify(join(project.folder, "app.db")),
      ),
    );
    project.writeRevision("a1", null, "settings", {
      up: statements(
        "PRAGMA case_sensitive_like=OFF",
        "PRAGMA recursive_triggers=OFF",
        "CREATE TEMP TABLE more (a)",
        "this fails",
      ),
    });
    expect(await upgrade()).toMatchObject({ exitCode: 7, error: { code: "LB0701" } });
    let connection: DatabaseSync | undefined;
    process.emit("limbeck-test" as never, ((given: DatabaseSync) => (connection = given)) as never);
    process.removeAllListeners("limbeck-test");
    expect(
      connection
        ?.prepare("SELECT 'a' LIKE 'A' AS y, (SELECT group_concat(name) FROM sqlite_temp_schema) AS names")
        .get(),
    ).toMatchObject({ y: 0, names: "mine" });
    expect(connection?.prepare("PRAGMA recursive_triggers").get()).toMatchObject({ recursive_triggers: 1 });
    connection?.close();
  });
});

describe("the version table", () => {
  it.each(["dropTable", "renameTable"])("cannot be changed with %s", async (method) => {
    project.writeRevision("a1", null, "table", {
      up: `await op.${method}("LIMBECK_version", "x");`.replace(
        `dropTable("LIMBECK_version", "x")`,
        `dropTable("limbeck_version")`,
      ),
    });
    expect(await upgrade()).toMatchObject({ exitCode: 7, error: { code: "LB0519" } });
  });

  it("is missed with a code when raw SQL drops it", async () => {
    project.writeRevision("a1", null, "table", { up: statements("DROP TABLE limbeck_version") });
    expect(await upgrade()).toMatchObject({ exitCode: 7, error: { code: "LB0708" } });
  });

  it("may be there already, and empty, when a script from base is run", async () => {
    project.writeRevision("a1", null, "first", {
      up: `await op.createTable("t", { id: integer() });`,
      down: `await op.dropTable("t");`,
    });
    await upgrade();
    await project.limbeck("downgrade base");
    const { stdout } = await project.limbeck("upgrade base:head --sql");
    const sqlite3 = () => spawnSync("sqlite3", [join(project.folder, "app.db")], { input: stdout, encoding: "utf8" });
    const first = sqlite3();
    if (first.error) return;
    expect(first).toMatchObject({ status: 0, stderr: "" });
    expect((await project.limbeck("current")).stdout).toBe("a1 (head)\n");
    const second = sqlite3();
    expect(second.status).not.toBe(0);
    expect(second.stderr).toContain("the database does not stand at base");
  });
});
