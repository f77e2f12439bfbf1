import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

let database: PostgresDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

/** Node loads a module once, so that every state of the models is a file of its own. */
function writeModels(name: string, text: string): void {
  const models = `() => import("./${name}.ts")`;
  project.write("limbeck.config.ts", `export default { url: "${database.url}", models: ${models} };\n`);
  project.write(`${name}.ts`, text);
}

function writeSql(text: string): void {
  project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
  project.write("schema.sql", text);
}

const dump = (): string =>
  execFileSync("pg_dump", ["--schema-only", "--no-owner", "--exclude-table=limbeck_*", database.url], {
    encoding: "utf8",
  }).replaceAll(/^\\(?:un)?restrict .*$/gm, "");

async function expectOk(line: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const run = await project.limbeck(line);
  expect({ line, ...run }).toMatchObject({ line, exitCode: 0 });
  return run;
}

const models = (values: string, fallback: string): string => `import { enumType, integer, table } from "limbeck/schema";
export const status = enumType("status", [${values}]);
export const todos = table("todos", {
  id: integer().primaryKey(),
  status: status.column().notNull().default("${fallback}"),
});
`;

describe("enums of PostgreSQL", { timeout: 180_000 }, () => {
  it("come from models, change with rows in them, and go back", async () => {
    writeModels("first", models('"open", "done"', "open"));
    await expectOk("revision --autogenerate -m initial --rev-id a001");
    await expectOk("upgrade head");
    await database.run("INSERT INTO todos (id, status) VALUES (1, 'open'), (2, 'done')");
    const before = dump();

    // Added between two others, and the default at once: a value that was only added could not be used yet.
    writeModels("second", models('"open", "waiting", "done"', "waiting"));
    await expectOk("revision --autogenerate -m waiting --rev-id a002");
    await expectOk("upgrade head");
    expect((await expectOk("check")).stderr).toContain("agree");
    await database.run("INSERT INTO todos (id) VALUES (3)");
    expect(await database.rows("SELECT id, status::text FROM todos ORDER BY todos.status")).toEqual([
      { id: 1, status: "open" },
      { id: 3, status: "waiting" },
      { id: 2, status: "done" },
    ]);

    const refused = await project.limbeck("downgrade -1");
    expect(refused.exitCode).toBe(7);
    expect(refused.stderr).toContain("rows of todos hold waiting in status, and that is to go");
    expect(refused.stderr).toContain("1");
    await database.run("DELETE FROM todos WHERE status = 'waiting'");
    await expectOk("downgrade -1 --allow-data-loss");
    expect(dump()).toBe(before);
    expect(await database.rows("SELECT id, status::text FROM todos ORDER BY id")).toEqual([
      { id: 1, status: "open" },
      { id: 2, status: "done" },
    ]);
  });

  it("have values that get other names, when somebody says so, with all that speaks of them", async () => {
    const schema = (open: string, more: string): string => `
      CREATE TYPE status AS ENUM ('${open}', 'it''s done'${more});
      CREATE TABLE todos (id integer PRIMARY KEY, status status NOT NULL DEFAULT '${open}',
        CONSTRAINT first CHECK (id > 1 OR status = '${open}'));
      CREATE INDEX todos_open ON todos (id) WHERE status = '${open}';
      CREATE VIEW open_todos AS SELECT id FROM todos WHERE status IN ('${open}', 'it''s done');
      CREATE FUNCTION count_open() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN
        RETURN (SELECT count(*) FROM todos WHERE status = '${open}'::status); END $$;`;
    writeSql(schema("open", ""));
    await expectOk("revision --autogenerate -m initial --rev-id a001");
    await expectOk("upgrade head");
    await database.run("INSERT INTO todos (id) VALUES (1), (2)");
    const before = dump();
    writeSql(schema("to do", ", 'gone'"));
    const asked = await project.limbeckJson("revision --autogenerate -m names");
    const question = { kind: "value", table: "status", from: "open", to: "to do" };
    expect(asked).toMatchObject({ exitCode: 2, error: { code: "LB0901", context: { questions: [question] } } });
    await expectOk('revision --autogenerate -m names --rev-id a002 --rename "value:status.open:status.to do"');
    await expectOk("upgrade head");
    expect((await expectOk("check")).stderr).toContain("agree");
    expect(await database.rows("SELECT id, status::text, count_open()::int AS n FROM todos ORDER BY id")).toEqual([
      { id: 1, status: "to do", n: 2 },
      { id: 2, status: "to do", n: 2 },
    ]);
    await expectOk("downgrade -1");
    expect(dump()).toBe(before);
    expect(await database.rows("SELECT count_open()::int AS n")).toEqual([{ n: 2 }]);
  });

  it("that the models do not name stay, and so do other objects and other schemas", async () => {
    await database.run(`CREATE TYPE mood AS ENUM ('fine');
      CREATE SEQUENCE counter;
      CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';
      CREATE SCHEMA others; CREATE TABLE others.kept (id integer)`);
    writeModels("todos", models('"open"', "open"));
    const { stderr } = await expectOk("revision --autogenerate -m initial --rev-id a001");
    for (const name of ["enum mood", "sequence counter", "function one()", "table others.kept"]) {
      expect(stderr).toContain(name);
    }
    await expectOk("upgrade head");
    expect((await expectOk("check")).stderr).toContain("agree");
    expect(dump()).toContain("CREATE TABLE others.kept");
  });
});

const BEFORE = `
CREATE SCHEMA app;
CREATE DOMAIN app.amount AS numeric(10,2) CHECK (VALUE >= 0);
CREATE FUNCTION app.next_code(prefix text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN prefix || '1'; END $$;
CREATE TABLE app.orders (id bigserial PRIMARY KEY, code text NOT NULL DEFAULT app.next_code('A'), total app.amount, placed date NOT NULL);
CREATE MATERIALIZED VIEW app.totals AS SELECT placed, sum(total) AS total FROM app.orders GROUP BY placed;
CREATE UNIQUE INDEX totals_placed ON app.totals (placed);
ALTER TABLE app.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY cheap ON app.orders FOR SELECT USING (total < 100);
CREATE TABLE app.events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE app.events_2025 PARTITION OF app.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
`;

const AFTER = `
CREATE SCHEMA app;
CREATE DOMAIN app.amount AS numeric(10,2) DEFAULT 0 CHECK (VALUE >= 0) CONSTRAINT small CHECK (VALUE < 1000);
CREATE FUNCTION app.next_code(prefix text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN prefix || '2'; END $$;
CREATE TABLE app.orders (id bigserial PRIMARY KEY, code text NOT NULL DEFAULT app.next_code('B'), total app.amount, placed timestamp NOT NULL);
CREATE MATERIALIZED VIEW app.totals AS SELECT placed, sum(total) AS total FROM app.orders GROUP BY placed;
CREATE UNIQUE INDEX totals_placed ON app.totals (placed);
COMMENT ON MATERIALIZED VIEW app.totals IS 'by day';
ALTER TABLE app.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY cheap ON app.orders FOR SELECT USING (total < 10);
CREATE TABLE app.events (id bigint, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE app.events_2025 PARTITION OF app.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE app.events_2026 PARTITION OF app.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
`;

describe("other objects of PostgreSQL", { timeout: 180_000 }, () => {
  it("come from SQL, change together with rows in the tables, and go back", async () => {
    writeSql(BEFORE);
    await expectOk("revision --autogenerate -m initial --rev-id a001");
    await expectOk("upgrade head");
    await database.run(
      "INSERT INTO app.orders (total, placed) VALUES (5, '2025-03-01')",
      "INSERT INTO app.events VALUES (1, '2025-06-01')",
    );
    const before = dump();
    writeSql(AFTER);
    await expectOk("revision --autogenerate -m change --rev-id a002");
    await expectOk("upgrade head");
    expect((await expectOk("check")).stderr).toContain("agree");
    await database.run("INSERT INTO app.orders (placed) VALUES ('2026-03-01 10:00')");
    expect(await database.rows("SELECT code, total::text FROM app.orders ORDER BY id")).toEqual([
      { code: "A1", total: "5.00" },
      { code: "B2", total: "0.00" },
    ]);
    await expectOk("downgrade -1 --allow-data-loss");
    expect(dump()).toBe(before);
    expect(await database.rows("SELECT count(*)::int AS n FROM app.events")).toEqual([{ n: 1 }]);
  });

  it("are written down as models by pull, which build the same", async () => {
    await database.run(AFTER);
    const before = dump();
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    await expectOk("pull models.ts");
    const pulled = project.read("models.ts");
    for (const word of [
      'definedObject("domain", "app.amount"',
      "partitionOf",
      "rowSecurity",
      '"cheap on app.orders"',
    ]) {
      expect(pulled.replaceAll(/\s+/g, " ").replaceAll("( ", "(")).toContain(word);
    }
    project.write(
      "limbeck.config.ts",
      `export default { url: "${database.url}", models: () => import("./models.ts") };\n`,
    );
    expect((await expectOk("check")).stderr).toContain("agree");
    await expectOk("reset --yes");
    expect(dump()).toBe(before);
  });

  it("are materialized views, for which it makes no difference whether they have been filled", async () => {
    writeSql("CREATE TABLE t (a integer); CREATE MATERIALIZED VIEW m AS SELECT a FROM t WITH NO DATA;");
    await expectOk("revision --autogenerate -m initial --rev-id a001");
    await expectOk("upgrade head");
    expect(await database.rows("SELECT relispopulated FROM pg_class WHERE relname = 'm'")).toEqual([
      { relispopulated: false },
    ]);
    await database.run("REFRESH MATERIALIZED VIEW m");
    expect((await expectOk("check")).stderr).toContain("agree");
  });

  it("pass limbeck test, and are made again after a reset", async () => {
    writeSql(BEFORE);
    await expectOk("revision --autogenerate -m initial --rev-id a001");
    await expectOk("upgrade head");
    const first = dump();
    await expectOk("reset --yes");
    expect(dump()).toBe(first);
    expect(await project.limbeck("test")).toMatchObject({ exitCode: 0 });
  });
});
