import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
});

afterEach(() => project.dispose());

function runSql(sql: string): void {
  const database = new DatabaseSync(join(project.folder, "app.db"));
  database.exec(sql);
  database.close();
}

function useSql(sql: string): void {
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", models: "schema.sql" };\n`);
  project.write("schema.sql", sql);
}

/** A config and its models; each under a name of its own, because a process imports a file only once. */
function useModels(name: string, models: string): string {
  project.write(
    `${name}.config.ts`,
    `export default { url: "sqlite:app.db", models: () => import("./${name}.ts") };\n`,
  );
  project.write(`${name}.ts`, `import { index, integer, table, text } from "limbeck/schema";\n${models}\n`);
  return `--config ${name}.config.ts`;
}

const T = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);";

describe("what SQL creates and operations cannot", () => {
  const SEARCH = "CREATE VIRTUAL TABLE search USING fts5(a);";

  it("is a difference where the database lacks it, and its shadow tables are none", async () => {
    runSql(T);
    useSql(`${T}\n${SEARCH}`);
    const { exitCode, stderr } = await project.limbeck("check");
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 5 });
    expect(stderr).toContain("differ in 1 place");
    expect(stderr).toContain("+ create virtual table search");
    expect(stderr).toContain('limbeck revision -m "create search"');
    expect(stderr).not.toMatch(/shadow|search_|autogenerate/);
  });

  it("is told apart from what is left alone", async () => {
    runSql(`${T} CREATE VIRTUAL TABLE old USING fts5(b);`);
    useSql(`CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);\n${SEARCH}`);
    const { stdout, stderr } = await project.limbeck("diff");
    expect(stdout).toContain("add column b");
    expect(stderr).toMatch(/Left alone, because the models do not say it:\n {2}virtual table old/);
    expect(stderr).toMatch(/To be written by hand, with op\.execute:\n {2}virtual table search: /);
    const written = await project.limbeck("revision -m more --autogenerate");
    expect(written).toMatchObject({ exitCode: 0 });
    expect(written.stderr).toContain("virtual table search");
    expect((await project.limbeck("status")).stdout).not.toContain("agree");
  });

  it("is a difference where the database has another one of its name, however it is written", async () => {
    runSql(`${T} CREATE VIRTUAL TABLE Search USING fts5(a);`);
    useSql(`${T} create virtual table if not exists search using FTS5( a );`);
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    useSql(`${T} CREATE VIRTUAL TABLE search USING fts5(a, b);`);
    expect(await project.limbeckJson("check")).toMatchObject({
      exitCode: 5,
      error: { context: { differences: ["~ change virtual table search"] } },
    });
  });

  it("is said where autogenerate has nothing to write", async () => {
    runSql(T);
    useSql(`${T}\n${SEARCH}`);
    const { exitCode, stderr } = await project.limbeck("revision -m silent --autogenerate");
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2 });
    expect(stderr).toContain("virtual table search");
    expect(stderr).not.toContain("agree");
  });
});

describe("names that differ in case only", () => {
  it("are said, and can be renamed", async () => {
    runSql("CREATE TABLE items (id INTEGER PRIMARY KEY, price INTEGER); INSERT INTO items VALUES (1, 5);");
    const flags = useModels(
      "cased",
      `export const items = table("Items", { id: integer().primaryKey(), Price: integer() });`,
    );
    const checked = await project.limbeck(`check ${flags}`);
    expect(checked).toMatchObject({ exitCode: 0 });
    expect(checked.stderr).toContain("--rename items:Items");
    expect(checked.stderr).toContain("--rename Items.price:Items.Price");
    const renames = "--rename items:Items --rename Items.price:Items.Price";
    expect(await project.limbeckJson(`revision -m cased --autogenerate ${renames} ${flags}`)).toMatchObject({
      exitCode: 0,
      data: { changes: [{ kind: "renameTable" }, { kind: "renameColumn" }] },
    });
    expect(await project.limbeckJson(`upgrade head ${flags}`)).toMatchObject({ exitCode: 0 });
    const database = new DatabaseSync(join(project.folder, "app.db"));
    expect(database.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'items'").all()).toMatchObject([
      { name: "Items" },
    ]);
    expect(database.prepare("SELECT * FROM items").all()).toMatchObject([{ id: 1, Price: 5 }]);
    database.close();
    expect((await project.limbeck(`check ${flags}`)).stderr).not.toContain("--rename");
    expect(await project.limbeckJson(`downgrade base ${flags}`)).toMatchObject({ exitCode: 0 });
  });
});

describe("check, diff and status", () => {
  it("name the command that helps where revisions are pending", async () => {
    useSql(T);
    await project.limbeck("revision -m first --autogenerate");
    const { exitCode, stderr } = await project.limbeck("check");
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 5 });
    expect(stderr).toContain("limbeck upgrade head");
    expect(stderr).not.toContain("--autogenerate");
  });

  it("say where the database stands when the models cannot be read", async () => {
    project.writeRevision("a001", null, "first", { up: `await op.createTable("t", { a: text() });` });
    useSql("CREATE TABLE (;");
    await project.limbeck("upgrade head");
    const { exitCode, stdout } = await project.limbeck("status");
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(stdout).toMatch(/Stands at +a001/);
    expect(stdout).toMatch(/Models +cannot be read[^]*LB0407/);
    expect(stdout).toContain("limbeck diff");
    expect(await project.limbeckJson("status")).toMatchObject({ data: { modelsProblem: { code: "LB0407" } } });
  });

  it("speak of the config where it lists no models", async () => {
    project.write("limbeck.config.ts", `export default { url: "sqlite:app.db", models: [] };\n`);
    expect(await project.limbeckJson("diff")).toMatchObject({
      error: { code: "LB0403", title: "The config lists no model.", why: expect.not.stringContaining("export") },
    });
  });

  it("call what does not run a change, and name no revision that there is not", async () => {
    runSql(`${T} CREATE VIEW v AS SELECT nope FROM t;`);
    const flags = useModels("broken", `export const t = table("t", { id: integer().primaryKey(), b: text() });`);
    expect(await project.limbeckJson(`diff --rename t.a:t.b ${flags}`)).toMatchObject({
      exitCode: 6,
      error: { code: "LB1106", why: expect.stringContaining("error in view v") },
    });
  });
});

describe("the SQL that diff shows", () => {
  it("says at which rows it stops, and not what it makes sure of by itself", async () => {
    runSql("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);");
    useSql("CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER NOT NULL, b TEXT UNIQUE);");
    const { stdout } = await project.limbeck("diff --sql");
    expect(stdout.match(/^-- .*/gm)).toEqual([
      expect.stringContaining("some rows of t have no a"),
      expect.stringContaining("some values of t.a cannot be kept as integer"),
      expect.stringContaining("several rows of t have the same (b)"),
    ]);
    expect(stdout.split("\n").findIndex((line) => line.startsWith("CREATE TABLE"))).toBe(3);
    // A script that runs elsewhere makes sure of everything.
    const written = await project.limbeck("revision -m strict --autogenerate --format sql");
    expect(project.read(written.stdout.trim())).toContain("not every row of t came through");
  });
});

describe("models that an engine cannot hold", () => {
  it.each([
    ["two_keys", `table("t", { a: integer().primaryKey(), b: integer().primaryKey() })`, /primaryKey\(\["a", "b"\]\)/],
    ["ordered", `table("t", { a: integer(), c: text() }, [index(["c desc"])])`, /\{ column: "c", order: "desc" \}/],
    ["unknown", `table("t", { a: integer(), c: text() }, [index(["b"])])`, /"b"/],
  ])("are refused in the words of the models: %s", async (name, model, expected) => {
    const { exitCode, stderr } = await project.limbeck(`diff ${useModels(name, `export const t = ${model};`)}`);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(expected) });
  });

  it("are refused where two names are one to the engine", async () => {
    const flags = useModels(
      "twice",
      `export const one = table("t", { a: integer() });\nexport const two = table("T", { b: integer() });`,
    );
    expect(await project.limbeckJson(`diff ${flags}`)).toMatchObject({
      exitCode: 2,
      error: { code: "LB0404", why: expect.stringMatching(/"T".*"t"/) },
    });
  });
});
