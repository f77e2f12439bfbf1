import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, requireMariadb, type MariadbDatabase } from "../support/mariadb-server.ts";

const check = requireMariadb();
let project: TestProject;
let database: MariadbDatabase;

beforeEach(async (context) => {
  check(context);
  project = createTestProject();
  database = await createMariadbDatabase(
    "CREATE TABLE lone (x int)",
    "INSERT INTO lone VALUES (1)",
    "CREATE TABLE par (id int PRIMARY KEY, b int)",
    "INSERT INTO par VALUES (1, 1), (2, 1)",
    "CREATE TABLE chi (par int, FOREIGN KEY (par) REFERENCES par (id))",
    "CREATE PROCEDURE halves() BEGIN DROP TABLE chi; DROP TABLE nowhere; END",
  );
  project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

const writeStatements = (...statements: readonly string[]): void =>
  project.writeRevision("a1", null, "refused", {
    up: statements.map((sql) => `await op.execute(${JSON.stringify(sql)});`).join("\n"),
  });

const upgrade = async (): Promise<{ readonly exitCode: number; readonly text: string }> => {
  const { exitCode, stderr } = await project.limbeck("upgrade head");
  return { exitCode, text: stderr.replaceAll(/\s+/g, " ") };
};

const countTables = async (name: string): Promise<unknown> => {
  const [row] = await database.rows(
    `SELECT count(*) AS n FROM information_schema.tables WHERE table_schema = database() AND table_name = '${name}'`,
  );
  return row?.["n"];
};

describe("CREATE OR REPLACE TABLE that the server answers with an error after it has dropped the table", () => {
  const TWICE = "CREATE OR REPLACE TABLE lone (a INT, a INT)";

  it("is never taken for one that took effect, and nobody says that all of it was rolled back", async () => {
    writeStatements(TWICE);
    for (const run of ["first", "second", "third"]) {
      const { exitCode, text } = await upgrade();
      expect({ run, exitCode, text }).toEqual({ run, exitCode: 7, text: expect.stringContaining("error 1060") });
      expect(text).not.toContain("Everything this revision had done was rolled back");
      expect(text).toContain("part of the statement");
    }
    expect(await countTables("lone")).toBe(0n);
    expect(await project.limbeckJson("status")).toMatchObject({ data: { halfway: { revision: "a1" } } });
  });

  it("runs again once the file is right", async () => {
    writeStatements(TWICE);
    expect((await upgrade()).exitCode).toBe(7);
    writeStatements("CREATE OR REPLACE TABLE lone (a INT, b INT)", "INSERT INTO lone VALUES (1, 2)");
    expect(await upgrade()).toMatchObject({ exitCode: 0 });
    expect(await database.rows("SELECT a, b FROM lone")).toEqual([{ a: 1, b: 2 }]);
  });

  it("is left to a person where another table came in its place, who is told the answer of the server", async () => {
    writeStatements(TWICE);
    await upgrade();
    await database.run("CREATE TABLE lone (other INT)");
    const { exitCode, text } = await upgrade();
    expect({ exitCode, text }).toEqual({ exitCode: 7, text: expect.stringContaining("LB1303") });
    expect(text).toContain("answered it with an error");
    expect(text).toContain("Duplicate column name 'a' (error 1060");
    expect(text).not.toContain("before the answer came");
    await project.limbeck("resolve a1 --rolled-back");
    writeStatements("CREATE OR REPLACE TABLE lone (a INT)");
    expect(await upgrade()).toMatchObject({ exitCode: 0 });
  });

  it("says that everything was rolled back where the server refused it before that", async () => {
    writeStatements("CREATE OR REPLACE TABLE lone (a NOSUCHTYPE)");
    expect((await upgrade()).text).toContain("Everything this revision had done was rolled back");
    expect(await database.rows("SELECT x FROM lone")).toEqual([{ x: 1 }]);
    expect((await project.limbeckJson("status"))["data"]).not.toHaveProperty("halfway");
    writeStatements("INSERT INTO lone VALUES (2)");
    expect(await upgrade()).toMatchObject({ exitCode: 0 });
  });
});

describe("a statement that does nothing when the server answers it with an error", () => {
  it.each([
    ["TRUNCATE", "TRUNCATE TABLE par"],
    ["TRUNCATE without TABLE", "TRUNCATE nowhere"],
    ["several renames", "RENAME TABLE lone TO alone, par TO lone, nowhere TO par"],
    ["a swap of columns", "ALTER TABLE par RENAME COLUMN id TO b, RENAME COLUMN b TO id, ADD UNIQUE u (id, nope)"],
    ["a change of a table", "ALTER TABLE par ADD UNIQUE u (b)"],
    ["a change of the database", "ALTER DATABASE CHARACTER SET nosuch"],
    ["a user", "CREATE USER u@localhost IDENTIFIED VIA nosuchplugin"],
    ["an event", "CREATE EVENT e ON SCHEDULE AT '2001-01-01' DO DELETE FROM nowhere, nothing"],
  ])("keeps nobody from correcting the file: %s", async (_, sql) => {
    writeStatements("ALTER TABLE lone ADD y int", sql);
    expect((await upgrade()).exitCode).toBe(7);
    writeStatements("ALTER TABLE lone ADD y int", "INSERT INTO lone VALUES (2, 2)");
    expect(await upgrade()).toMatchObject({ exitCode: 0 });
    expect(await database.rows("SELECT x, y FROM lone ORDER BY x")).toEqual([
      { x: 1, y: null },
      { x: 2, y: 2 },
    ]);
    expect(await database.rows("SELECT id, b FROM par ORDER BY id")).toEqual([
      { id: 1, b: 1 },
      { id: 2, b: 1 },
    ]);
  });

  it("leaves nothing that is in the way where it was the first one", async () => {
    writeStatements("TRUNCATE TABLE par");
    expect((await upgrade()).text).toContain("Everything this revision had done was rolled back");
    expect((await project.limbeckJson("status"))["data"]).not.toHaveProperty("halfway");
  });
});

describe("a statement that may have done a part when the server answers it with an error", () => {
  it.each([
    ["a procedure", "CALL halves()", "Unknown table"],
    ["a text that is run", "EXECUTE IMMEDIATE 'DROP TABLE nowhere'", "Unknown table"],
    ["several tables that are dropped", "DROP TABLE lone, nowhere", "Unknown table"],
    ["several users", "CREATE USER u@localhost IDENTIFIED VIA nosuchplugin, v@localhost", "nosuchplugin"],
    ["partitions that are emptied", "ALTER TABLE par TRUNCATE PARTITION p9", "error 15"],
  ])("is left to a person: %s", async (_, sql, answer) => {
    writeStatements(sql);
    expect((await upgrade()).exitCode).toBe(7);
    const { exitCode, text } = await upgrade();
    expect({ exitCode, text }).toEqual({ exitCode: 7, text: expect.stringContaining("LB1303") });
    expect(text).toContain("answered it with an error");
    expect(text).toContain(answer);
  });
});
