import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { assert, asyncProperty } from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildSchemaOn } from "../../src/dialect/build-schema-on.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { arbitrarySchema } from "../../src/testing/arbitraries/arbitrary-schema.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { SQLITE_TRAITS } from "../support/sqlite-traits.ts";

const MODELS = `models: () => import("./app/models.ts"),`;

const config = (models = ""): string => `export default { url: "sqlite:app.db", ${models} };\n`;

describe("limbeck pull", () => {
  let project: TestProject;

  const change = (sql: string): void => {
    const database = new DatabaseSync(join(project.folder, "app.db"));
    database.exec(sql);
    database.close();
  };

  beforeEach(() => {
    project = createTestProject();
    project.write("limbeck.config.ts", config());
    project.write("migrations/versions/.gitkeep", "");
    change(`
      CREATE TABLE lists (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL UNIQUE, CHECK (length(title) > 0));
      CREATE TABLE todos (id INTEGER PRIMARY KEY, list_id INTEGER REFERENCES lists ON DELETE CASCADE, title VARCHAR(255) NOT NULL);
      CREATE INDEX todo_titles ON todos (title DESC) WHERE list_id IS NULL;
      CREATE VIEW titles (what) AS SELECT title FROM todos;
      CREATE TRIGGER touch AFTER DELETE ON todos BEGIN UPDATE lists SET title = title; END;
      CREATE VIRTUAL TABLE search USING fts5(title);
      INSERT INTO lists (title) VALUES ('home');
      INSERT INTO todos (list_id, title) VALUES (1, 'water the plants');
    `);
  });
  afterEach(() => project.dispose());

  it("takes up a database as it is: models, a first revision, a stamp, and then there is nothing to do", async () => {
    const { exitCode, stdout, stderr } = await project.limbeck("pull");
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "app/models.ts\n" });
    expect(stderr).toContain("2 tables, 1 view, 1 trigger");
    expect(stderr).toContain("virtual table search");
    expect(stderr).toContain(`\n    ${MODELS}\n`);
    expect(project.read("app/models.ts")).toContain(
      `list_id: integer().references("lists", "id", { onDelete: "cascade" }),`,
    );
    project.write("limbeck.config.ts", config(MODELS));
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("status --check")).toMatchObject({ exitCode: 0, data: { pending: [] } });
    expect(await project.limbeckJson("test")).toMatchObject({ exitCode: 0 });
    const database = new DatabaseSync(join(project.folder, "app.db"), { readOnly: true });
    expect(database.prepare("SELECT title FROM todos").all()).toEqual([{ title: "water the plants" }]);
    database.close();
  });

  it("names the line of the config that init has left open for the models", async () => {
    project.remove("limbeck.config.ts");
    project.remove("migrations");
    await project.limbeck("init");
    const text = project.read("limbeck.config.ts").replace(/sqlite:[^"]+/, "sqlite:app.db");
    project.write("limbeck.config.ts", text);
    const line = text.split("\n").findIndex((one) => one.includes("// models:")) + 1;
    const { exitCode, stderr } = await project.limbeck("pull");
    expect(exitCode).toBe(0);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(
      `with this line in the place of the comment in line ${line} of limbeck.config.ts: ${MODELS}`,
    );
    project.write("limbeck.config.ts", text.replace(/\/\/ models:.*/, MODELS));
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
  });

  it("makes a first revision that leads an empty database to the same", async () => {
    await project.limbeck("pull");
    project.write("limbeck.config.ts", config(MODELS));
    expect(await project.limbeckJson("upgrade head --url sqlite:new.db")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("check --url sqlite:new.db")).toMatchObject({ exitCode: 0 });
  });

  it("makes what models cannot say with its own statement, before what needs it", async () => {
    change("CREATE TRIGGER find AFTER INSERT ON todos BEGIN INSERT INTO search (title) VALUES (new.title); END");
    await project.limbeck("pull");
    project.write("limbeck.config.ts", config(MODELS));
    expect(await project.limbeckJson("upgrade head --url sqlite:new.db")).toMatchObject({ exitCode: 0 });
    const database = new DatabaseSync(join(project.folder, "new.db"));
    database.exec("INSERT INTO todos (title) VALUES ('water the plants')");
    expect(database.prepare("SELECT title FROM search WHERE search MATCH 'plants'").all()).toHaveLength(1);
    database.close();
    expect(await project.limbeckJson("check --url sqlite:new.db")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("test")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson("downgrade base --url sqlite:new.db --allow-data-loss")).toMatchObject({
      exitCode: 0,
    });
    expect(await project.limbeckJson("inspect --url sqlite:new.db")).toMatchObject({ data: { unmanaged: [] } });
  });

  it("prints the models and writes nothing with --dry-run", async () => {
    const { stdout, exitCode } = await project.limbeck("pull --dry-run");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^import \{.*\} from "limbeck\/schema";\n\nexport const lists = table\(/);
    expect(project.list()).toEqual(["app.db", "limbeck.config.ts", "migrations"]);
    expect(project.has("app/models.ts")).toBe(false);
  });

  it("overwrites no file, and names one that is free", async () => {
    project.write("app/models.ts", "// mine\n");
    project.write("app/models-2.ts", "// mine\n");
    const run = await project.limbeckJson("pull");
    expect(run).toMatchObject({ exitCode: 2, error: { code: "LB1060" } });
    expect(run["error"]).toMatchObject({ fix: ["limbeck pull app/models-3.ts", "limbeck pull --dry-run"] });
    expect(project.read("app/models.ts")).toBe("// mine\n");
  });

  it("writes models only where there are revisions, or where it is told to", async () => {
    expect(await project.limbeckJson("pull a.ts --no-revision")).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(project.folder, "app.db-limbeck-lock"))).toBe(false);
    project.writeRevision("a001", null, "first", { up: "void op;", down: "void op;" });
    const run = await project.limbeckJson("pull b.ts");
    expect(run).toMatchObject({ exitCode: 0, data: { isWritten: true, tables: 2 } });
    expect(run["data"]).not.toHaveProperty("revision");
    expect(project.read("b.ts")).toBe(project.read("a.ts"));
  });

  it("leaves the version table alone with --no-stamp", async () => {
    const run = await project.limbeckJson('pull --no-stamp -m "what was there"');
    expect(run).toMatchObject({ exitCode: 0, data: { revision: { isStamped: false } } });
    expect(await project.limbeckJson("current")).toMatchObject({ data: { revisions: [] } });
  });

  it("writes JavaScript that Node reads, where a default fits no type too", async () => {
    change("CREATE TABLE odd (id INTEGER PRIMARY KEY, v TEXT DEFAULT 1)");
    expect(await project.limbeckJson("pull app/models.mjs --no-revision")).toMatchObject({ exitCode: 0 });
    expect(project.read("app/models.mjs")).toContain("v: text().default(1),");
    expect(await project.limbeckJson("pull --dry-run")).toMatchObject({
      data: { models: expect.stringContaining("v: text().default(1 as never),") },
    });
  });

  it("names a file with a dot in front as an import does", async () => {
    const run = await project.limbeckJson("pull .models.ts --no-revision");
    expect(run).toMatchObject({ exitCode: 0, data: { configLine: `models: () => import("./.models.ts"),` } });
  });

  it.each([
    ["pull models.sql", 2, "LB1061"],
    ["pull models.cjs", 2, "LB1061"],
    ["pull models.d.ts", 2, "LB1061"],
    ["pull .ts", 2, "LB1061"],
    ["pull migrations/versions/models.ts", 2, "LB1066"],
    ["pull --url sqlite:other.db", 2, "LB1062"],
    ["pull --no-revision -m x", 2, "LB0009"],
  ])("refuses %s", async (line, exitCode, code) => {
    expect(await project.limbeckJson(line)).toMatchObject({ exitCode, error: { code } });
    expect(project.has("app")).toBe(false);
  });

  it("names a foreign key that models cannot say, because it leads nowhere", async () => {
    change("CREATE TABLE lost (id INTEGER PRIMARY KEY, list INTEGER REFERENCES gone (id))");
    expect(await project.limbeckJson("pull")).toMatchObject({
      exitCode: 2,
      error: {
        code: "LB1065",
        title: "lost (list) points to the table gone, which the database does not have among its tables.",
        fix: ["limbeck inspect lost"],
      },
    });
    expect(project.has("app")).toBe(false);
  });

  it("refuses a database that stands at revisions of another checkout", async () => {
    change("CREATE TABLE limbeck_version (version_num TEXT PRIMARY KEY); INSERT INTO limbeck_version VALUES ('abcd')");
    expect(await project.limbeckJson("pull")).toMatchObject({ error: { code: "LB1002" } });
    expect(project.has("app")).toBe(false);
  });
});

const RUNS = process.env["LIMBECK_LONG"] === "1" ? 500 : 40;

describe("limbeck pull of random databases", () => {
  it(
    "writes models that build exactly them",
    async () => {
      let withModels = 0;
      await assert(
        asyncProperty(arbitrarySchema(SQLITE_TRAITS), async (schema) => {
          if (schema.tables.length === 0) return;
          const project = createTestProject();
          project.write("limbeck.config.ts", config());
          project.write("migrations/versions/.gitkeep", "");
          const connection = await sqlite.connect(`sqlite:${join(project.folder, "app.db")}`);
          await buildSchemaOn(connection, sqlite, schema);
          await connection.close();
          const pulled = await project.limbeckJson("pull");
          expect(pulled["error"]).toBeUndefined();
          project.write("limbeck.config.ts", config(MODELS));
          // Through the file, and in another way than `pull` itself looks.
          expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0, ok: true });
          withModels += 1;
          project.dispose();
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
      expect(withModels).toBeGreaterThan(RUNS / 2);
    },
    RUNS * 4_000,
  );
});
