import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSqliteDatabase, type SqliteDatabase } from "../support/sqlite-database.ts";
import { createTestProject, type TestProject } from "./test-project.ts";

const FULL = `
  CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);
  CREATE TABLE orders (id INTEGER PRIMARY KEY, title TEXT);
  CREATE TABLE knex_migrations (id INTEGER PRIMARY KEY);
  INSERT INTO customers VALUES (1, 'Ada');
`;

let project: TestProject;
let database: SqliteDatabase;

beforeEach(async () => {
  database = await createSqliteDatabase(FULL);
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
  project.write("schema.sql", "CREATE TABLE products (id INTEGER PRIMARY KEY, title TEXT);");
  project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

describe("a database that is full and was never under Limbeck", () => {
  it.each(["diff", "revision -m first --autogenerate", "revision -m first --autogenerate --no-rename"])(
    "is not planned to be emptied: %s",
    async (line) => {
      const { exitCode, stderr, stdout } = await project.limbeck(line);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
      expect(stderr).toContain(
        "LB1068 This database was never under Limbeck, and the models know nothing of\n  2 of its tables.",
      );
      expect(stderr).toContain("customers, orders");
      expect(stderr).not.toContain("knex_migrations");
      expect(stderr).toMatch(/--drop-ok\.\n {2}fix: limbeck pull\n {2}limbeck explain LB1068/);
    },
  );

  it("names a file that is free for what it would pull", async () => {
    project.write("app/models.ts", "");
    expect((await project.limbeck("diff")).stderr).toContain("fix: limbeck pull app/models-2.ts\n");
  });

  it("is emptied with --drop-ok", async () => {
    const written = await project.limbeckJson("revision -m first --autogenerate --no-rename --drop-ok");
    expect(written).toMatchObject({
      exitCode: 0,
      data: { changes: [{ kind: "dropTable" }, { kind: "dropTable" }, { kind: "createTable" }] },
    });
  });

  it("may be adopted table by table with --rename, as before", async () => {
    const { data } = await project.limbeckJson("diff --rename orders:products --rename customers:people --no-rename");
    expect(data).toBeUndefined();
    project.write(
      "schema.sql",
      "CREATE TABLE products (id INTEGER PRIMARY KEY, title TEXT);CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT);",
    );
    expect(await project.limbeckJson("diff --rename orders:products --rename customers:people")).toMatchObject({
      exitCode: 0,
      data: { changes: [{ kind: "renameTable" }, { kind: "renameTable" }] },
    });
  });

  it("is asked about on a terminal", async () => {
    const no = await project.limbeck("diff --no-rename --no-color", { isTTY: true, answers: ["no"] });
    expect(no.asked).toEqual([
      "This database was never under Limbeck. May customers, orders be dropped, with all their rows?",
    ]);
    expect(no).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("limbeck pull") });
    const yes = await project.limbeck("diff --no-rename --no-color", { isTTY: true, answers: ["yes"] });
    expect(yes).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("drop table customers") });
  });

  it("is told from one that agrees, from one that only lacks tables, and from one with a history", async () => {
    project.write("schema.sql", FULL.replace(/INSERT.*$/m, "CREATE TABLE more (id INTEGER PRIMARY KEY);"));
    expect(await project.limbeckJson("diff")).toMatchObject({ data: { changes: [{ kind: "createTable" }] } });
    project.write("schema.sql", "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);");
    project.writeRevision("a001", null, "nothing", { up: "" });
    expect(await project.limbeckJson("diff --no-rename")).toMatchObject({ data: { changes: [{ kind: "dropTable" }] } });
  });

  it("is no obstacle to check and status, and check names pull", async () => {
    const checked = await project.limbeckJson("check");
    expect(checked).toMatchObject({ exitCode: 5, error: { code: "LB1010" } });
    expect((await project.limbeck("check")).stderr).toContain("fix: limbeck pull\n");
    expect(await project.limbeckJson("status")).toMatchObject({ exitCode: 0 });
  });
});
