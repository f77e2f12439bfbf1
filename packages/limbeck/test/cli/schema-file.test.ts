import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { createMariadbDatabase, requireMariadb } from "../support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";
import { createSqliteDatabase, type SqliteDatabase } from "../support/sqlite-database.ts";
import { createTestProject, type TestProject } from "./test-project.ts";

const ENGINES = [
  { name: "SQLite", require: () => undefined, create: createSqliteDatabase },
  { name: "PostgreSQL", require: requirePostgres(), create: createPostgresDatabase },
  { name: "MariaDB", require: requireMariadb(), create: createMariadbDatabase },
];

const MODELS = `import { integer, table, varchar } from "limbeck/schema";
  export const lists = table("lists", { id: integer().primaryKey(), name: varchar(50).notNull() });
  export const todos = table("todos", { id: integer().primaryKey(), list_id: integer().references("lists", "id") });`;

function writeProject(project: TestProject, url: string, keys = ""): void {
  project.write(
    "limbeck.config.ts",
    `export default { url: ${JSON.stringify(url)}, schemaFile: "schema.sql", ${keys} };\n`,
  );
}

describe.each(ENGINES)("the file of the schema on $name", ({ require, create }) => {
  let project: TestProject;
  let database: Pick<SqliteDatabase, "url" | "run" | "drop">;
  let other: Pick<SqliteDatabase, "url" | "run" | "drop">;

  beforeEach(require);

  beforeEach(async () => {
    project = createTestProject();
    [database, other] = [await create(), await create()];
    writeProject(project, database.url);
    project.writeRevision("a1", null, "first", {
      up: `await op.createTable("lists", { id: integer().primaryKey(), name: text().notNull() });`,
      down: `await op.dropTable("lists");`,
    });
    project.writeRevision("b2", "a1", "second", {
      up: `await op.createTable("todos", { id: integer().primaryKey(), list_id: integer() });
        await op.createForeignKey("fk_todos_lists", "todos", "lists", ["list_id"], ["id"]);
        await op.createIndex("ix_todos_list", "todos", ["list_id"]);`,
      down: `await op.dropTable("todos");`,
    });
  });

  afterEach(async () => {
    project.dispose();
    await database.drop();
    await other.drop();
  });

  it("follows the database up and down, and builds the same one", async () => {
    await project.limbeck("upgrade head");
    const text = project.read("schema.sql");
    expect(text).toMatch(/^-- The schema at b2, written by limbeck: .*\n\nCREATE TABLE/);
    expect(text).not.toMatch(/limbeck_(?:version|history)/);
    await project.limbeck("downgrade -1");
    expect(project.read("schema.sql")).toMatch(/^-- The schema at a1,[^]*CREATE TABLE .lists./);
    expect(project.read("schema.sql")).not.toContain("todos");
    await project.limbeck("upgrade head");
    expect(project.read("schema.sql")).toBe(text);
    await other.run(text);
    writeProject(project, other.url);
    const built = await project.limbeck("inspect --sql");
    expect(text).toContain(built.stdout.trim());
  });

  it("is the same for every database that the same revisions made", async () => {
    await project.limbeck("upgrade head");
    const text = project.read("schema.sql");
    writeProject(project, other.url);
    for (const line of ["upgrade +1", "upgrade +1", "downgrade base", "reset --yes"]) {
      const { exitCode } = await project.limbeck(line);
      expect([line, exitCode]).toEqual([line, 0]);
    }
    expect(project.read("schema.sql")).toBe(text);
  });
});

describe("the file of the schema", () => {
  let project: TestProject;

  beforeEach(() => {
    project = createTestProject();
    writeProject(project, "sqlite:app.db", `models: () => import("./models.ts")`);
    project.write("models.ts", MODELS);
    project.write(
      "migrations/versions/a1_first.ts",
      `import { integer, varchar } from "limbeck/schema";
      export const revision = "a1";
      export const downRevision = null;
      export async function upgrade(op) {
        await op.createTable("lists", { id: integer().primaryKey(), name: varchar(50).notNull() });
        await op.createTable("todos", { id: integer().primaryKey(), list_id: integer() });
        await op.createForeignKey(null, "todos", "lists", ["list_id"], ["id"]);
      }`,
    );
  });

  afterEach(() => project.dispose());

  it("is told of when it is new, in the data too, and left alone when it says the same", async () => {
    expect((await project.limbeck("upgrade head")).stderr).toContain("\nschema.sql\n");
    const path = join(project.folder, "schema.sql");
    const { mtimeMs } = statSync(path);
    const { stdout, stderr } = await project.limbeck("upgrade head");
    expect(stdout + stderr).not.toContain("schema.sql");
    expect(statSync(path).mtimeMs).toBe(mtimeMs);
    expect(await project.limbeckJson("upgrade head")).toMatchObject({
      data: { to: ["a1"], schemaFile: { path, isChanged: false } },
    });
  });

  it("is compared by check, which says from which line on, and how to write it anew", async () => {
    await project.limbeck("upgrade head");
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    const text = project.read("schema.sql");
    project.write("schema.sql", text.replaceAll("\n", "\r\n"));
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    project.write("schema.sql", text.replace(/CREATE TABLE/, "create table"));
    const error = { code: "LB1080", fix: ["limbeck upgrade head"] };
    expect(await project.limbeckJson("check")).toMatchObject({
      exitCode: 5,
      error: { ...error, context: { line: 3 } },
    });
    project.write("schema.sql", `${text}-- more\n`);
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 5, error });
    project.remove("schema.sql");
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 5, error });
    await project.limbeck("upgrade head");
    expect(project.read("schema.sql")).toBe(text);
  });

  it("is not compared while revisions are pending, because it may be ahead", async () => {
    await project.limbeck("upgrade head");
    project.writeRevision("b2", "a1", "rows", { up: `await op.execute("DELETE FROM todos");`, down: "" });
    project.write("schema.sql", project.read("schema.sql").replace("at a1", "at b2"));
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
  });

  it("stays as it is when a run fails", async () => {
    await project.limbeck("upgrade head");
    const text = project.read("schema.sql");
    project.writeRevision("b2", "a1", "bad", {
      up: `await op.addColumn("todos", "due", text()); throw new Error("bad");`,
    });
    expect((await project.limbeck("upgrade head")).exitCode).toBe(7);
    expect(project.read("schema.sql")).toBe(text);
  });

  it.each([
    ["of a protected database", "upgrade head", "protected: true", {}],
    ["in a pipeline", "upgrade head", "", { CI: "true" }],
    ["for a script", "upgrade head --dry-run", "", {}],
    ["for tenants", "upgrade head --all", `tenants: () => [{ name: "one", url: "sqlite:one.db" }]`, {}],
  ])("is not written %s", async (_why, line, keys, env) => {
    writeProject(project, "sqlite:app.db", keys);
    expect((await project.limbeck(line, { env })).exitCode).toBe(0);
    expect(project.has("schema.sql")).toBe(false);
  });

  it("never takes the place of what Limbeck did not write, and says so although the run is over", async () => {
    project.write("schema.sql", "-- by hand\n");
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 5, error: { code: "LB1081" } });
    expect(project.read("schema.sql")).toBe("-- by hand\n");
    expect(await project.limbeckJson("current")).toMatchObject({ data: { rows: ["a1"] } });
    project.remove("schema.sql");
    mkdirSync(join(project.folder, "schema.sql"));
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 5, error: { code: "LB1081" } });
    expect(readdirSync(project.folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it.each([`"schema.sql"`, `"./"`])("cannot be where the models are: %s", async (models) => {
    writeProject(project, "sqlite:app.db", `models: ${models}`);
    expect(await project.limbeckJson("status")).toMatchObject({ exitCode: 2, error: { code: "LB0106" } });
  });
});
