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

describe("references that a revision breaks", () => {
  const BAD = `CREATE TABLE p (x INT); CREATE TABLE bad (y INT REFERENCES p(x)); INSERT INTO bad VALUES (1);`;
  const GOOD = `CREATE TABLE good (id INTEGER PRIMARY KEY); INSERT INTO good VALUES (1);
    CREATE TABLE c (g INT REFERENCES good(id)); INSERT INTO c VALUES (1);`;

  it.each([
    [
      "in a table that it creates",
      statements("CREATE TABLE d (g INT REFERENCES good(id))", "INSERT INTO d VALUES (42)"),
    ],
    ["in a table that it renames", `await op.renameTable("c", "c2"); ${statements("DELETE FROM good")}`],
    ["in a table that raw SQL renames", statements("ALTER TABLE c RENAME TO c2", "DELETE FROM good")],
    ["by renaming what they point to", `await op.renameTable("good", "g2"); ${statements("DELETE FROM g2")}`],
  ])("are found %s, with and without a key that nobody can check", async (_, up) => {
    project.writeRevision("a1", null, "break", { up });
    for (const before of ["", BAD]) {
      project.remove("app.db");
      run(GOOD + before);
      expect(await upgrade()).toMatchObject({ exitCode: 7, error: { code: "LB0704" } });
    }
  });

  it("are none where only names change, although rows pointed nowhere before", async () => {
    const orphans = `INSERT INTO c VALUES (5), (6);`;
    const renames = [
      `await op.renameTable("c", "c2"); await op.alterColumn("c2", "g", { nullable: false });`,
      statements("ALTER TABLE c RENAME TO c2"),
      `await op.renameTable("good", "better");`,
      statements("ALTER TABLE good RENAME TO better"),
      // The uncheckable key, and what it points to.
      `await op.renameTable("bad", "worse");`,
      statements("ALTER TABLE bad RENAME TO worse"),
      statements("ALTER TABLE p RENAME TO q"),
    ];
    for (const up of renames) {
      project.writeRevision("a1", null, "rename", { up });
      for (const before of up.includes("bad") || up.includes("TABLE p ") ? [BAD] : ["", BAD]) {
        project.remove("app.db");
        run(GOOD + orphans + before);
        expect([up, await upgrade()]).toMatchObject([up, { exitCode: 0 }]);
      }
    }
  });

  it("are checked by a script as well, also under new names", async () => {
    run(GOOD);
    project.writeRevision("a1", null, "tables", {
      up: statements(...GOOD.split(";").filter((sql) => sql.trim() !== "")),
    });
    project.writeRevision("a2", "a1", "rename", { up: `await op.renameTable("c", "c2");` });
    project.writeRevision("a3", "a2", "break", {
      up: `await op.renameTable("c2", "c3"); ${statements("DELETE FROM good WHERE id = 50")}`,
    });
    const script = async (target: string): Promise<string> => (await project.limbeck(`upgrade ${target} --sql`)).stdout;
    const sqlite3 = (input: string) =>
      spawnSync("sqlite3", [join(project.folder, "script.db")], { input, encoding: "utf8" });
    const first = sqlite3(await script("a1"));
    if (first.error) return;
    expect(first.status).toBe(0);
    sqlite3("PRAGMA foreign_keys=OFF; INSERT INTO good VALUES (50); INSERT INTO c VALUES (50), (77);");
    expect(sqlite3(await script("a1:a2"))).toMatchObject({ status: 0, stderr: "" });
    const broken = sqlite3(await script("a2:a3"));
    expect(broken.status).not.toBe(0);
    expect(broken.stderr).toContain("rows point nowhere");
  });

  it("are not a matter of rows where the key itself cannot work", async () => {
    project.writeRevision("a1", null, "key", { up: statements(...BAD.split(";").slice(0, 2)) });
    run(GOOD);
    expect(await upgrade()).toMatchObject({
      exitCode: 7,
      error: { code: "LB0710", why: expect.stringContaining(`foreign key mismatch - "bad" referencing "p"`) },
    });
    expect(readAll("SELECT name FROM sqlite_schema WHERE name = 'bad'")).toEqual([]);
  });

  it("are not a matter of rows where what a key points to is dropped", async () => {
    const drop = `await op.dropTable("good");`;
    const keys = `CREATE TABLE good (id INTEGER PRIMARY KEY); CREATE TABLE c (g INT REFERENCES GOOD (id));
      CREATE TABLE lost (n INT REFERENCES never_there (id));`;
    for (const up of [drop, statements("DROP TABLE good"), `await op.renameTable("c", "c2"); ${drop}`]) {
      project.writeRevision("a1", null, "drop", { up });
      project.remove("app.db");
      run(keys);
      expect([up, await upgrade()]).toMatchObject([
        up,
        {
          exitCode: 7,
          error: { code: "LB0710", why: expect.stringMatching(/no such table: main.GOOD, to which c2? points/) },
        },
      ]);
    }
    for (const rest of [`await op.dropTable("c");`, statements("CREATE TABLE Good (id INTEGER PRIMARY KEY)")]) {
      project.writeRevision("a1", null, "drop", { up: drop + rest });
      project.remove("app.db");
      run(keys);
      expect([rest, await upgrade()]).toMatchObject([rest, { exitCode: 0 }]);
    }
  });

  it("are not the doing of a revision that lets them be checked", async () => {
    project.writeRevision("a1", null, "unique", { up: statements("CREATE UNIQUE INDEX px ON p (x)") });
    run(BAD);
    expect(await upgrade()).toMatchObject({ exitCode: 0 });
  });

  it("keep autogenerate from calling a revision proven", async () => {
    const writeSchema = (sql: string): void => project.write("schema.sql", sql);
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", models: "schema.sql" };`);
    project.write("migrations/versions/.gitkeep", "");
    const child = "CREATE TABLE c (g TEXT REFERENCES good (name));";
    run(`CREATE TABLE good (id INTEGER PRIMARY KEY, name TEXT UNIQUE); ${child}`);
    writeSchema(`CREATE TABLE good (id INTEGER PRIMARY KEY, name TEXT); ${child}`);
    for (const format of ["ts", "sql"]) {
      expect(await project.limbeckJson(`revision --autogenerate --format ${format} -m key`)).toMatchObject({
        exitCode: 6,
        error: { code: "LB1101", why: expect.stringContaining("foreign key mismatch") },
      });
    }
    writeSchema(child);
    expect(await project.limbeckJson("revision --autogenerate --no-rename --drop-ok -m drop")).toMatchObject({
      error: { code: "LB1101", why: expect.stringContaining("no such table: main.good") },
    });
  });
});
