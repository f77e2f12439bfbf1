import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { normalizeDump } from "../../../../tools/cases/postgres/normalize-dump.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

let database: PostgresDatabase;
let wanted: PostgresDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  [database, wanted] = [await createPostgresDatabase(), await createPostgresDatabase()];
  project = createTestProject();
  project.write("migrations/versions/.gitkeep", "");
  project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
});

afterEach(async () => {
  project.dispose();
  await database.drop();
  await wanted.drop();
});

const dump = ({ url }: PostgresDatabase): readonly string[] =>
  normalizeDump(execFileSync("pg_dump", ["--schema-only", "--exclude-table=limbeck_*", url], { encoding: "utf8" }));

const runPsql = ({ url }: PostgresDatabase, input: string): void => {
  execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", url], { input, stdio: ["pipe", "pipe", "pipe"] });
};

async function expectOk(line: string): Promise<void> {
  const { exitCode, stderr } = await project.limbeck(line);
  expect({ line, exitCode, problem: exitCode === 0 ? "" : stderr }).toEqual({ line, exitCode: 0, problem: "" });
}

/** What both schemas of a pair have, with what changes in place of `@`, and the rows of both. */
interface Change {
  readonly title: string;
  readonly schema: string;
  readonly from: string;
  readonly to: string;
  readonly rows?: string;
  readonly query?: string;
}

const BODY = "LANGUAGE sql IMMUTABLE AS";

const CHANGES: readonly Change[] = [
  {
    title: "the result of a function that a default, a computed column, a check, an index and a view call",
    schema: `@; CREATE TABLE t (a int DEFAULT f(1), g int GENERATED ALWAYS AS (f(a)) STORED, CONSTRAINT c CHECK (f(a) > 0));
      CREATE INDEX i ON t (f(a)); CREATE VIEW v AS SELECT f(a) AS x, g FROM t;`,
    from: `CREATE FUNCTION f(x int) RETURNS int ${BODY} 'SELECT x + 1'`,
    to: `CREATE FUNCTION f(x int, y int DEFAULT 0) RETURNS int ${BODY} 'SELECT x + y + 1'`,
    rows: "INSERT INTO t VALUES (5)",
    query: "SELECT a, g FROM t",
  },
  {
    title: "an enum under a domain, a composite type, lists and a policy",
    schema: `CREATE TYPE e AS ENUM (@); CREATE DOMAIN d AS e DEFAULT 'a' CHECK (VALUE <> 'b'); CREATE TYPE c AS (x e, y int);
      CREATE TABLE t (a e DEFAULT 'a', l e[] DEFAULT '{a,b}', d d, ds d[], c c, CHECK (a <> 'b')); CREATE POLICY p ON t USING (a = 'a');
      CREATE FUNCTION f(x e) RETURNS e LANGUAGE sql AS 'SELECT x';`,
    from: "'a', 'b', 'c'",
    to: "'c', 'a', 'b'",
    rows: "INSERT INTO t VALUES ('a', '{b,c}', 'c', '{a,c}', ROW('b', 2))",
    query: "SELECT a::text, l::text, d::text, ds::text, c::text FROM t",
  },
  {
    title: "what a domain is of",
    schema: "CREATE DOMAIN d AS @ CHECK (VALUE > 0); CREATE TABLE t (a d, b d[]); CREATE VIEW v AS SELECT a FROM t;",
    from: "int",
    to: "bigint",
    rows: "INSERT INTO t VALUES (1, '{2,3}')",
    query: "SELECT a::text, b::text FROM t",
  },
  {
    title: "what a range is of",
    schema: "CREATE TYPE r AS RANGE (SUBTYPE = @); CREATE TABLE t (a r NOT NULL DEFAULT '[1,2)');",
    from: "int4",
    to: "int8",
    rows: "INSERT INTO t VALUES ('[3,9)')",
    query: "SELECT a::text FROM t",
  },
  {
    title: "a column of a parent that views of its children show",
    schema: `CREATE TABLE p (a @, b text); CREATE TABLE k (c int) INHERITS (p); CREATE TABLE g () INHERITS (k);
      CREATE VIEW v AS SELECT a FROM g; CREATE INDEX i ON g (a);`,
    from: "int",
    to: "bigint",
    rows: "INSERT INTO g (a, c) VALUES (1, 2)",
    query: "SELECT a::text, c FROM g",
  },
  {
    title: "a column that functions with a body in SQL read",
    schema: `CREATE TABLE t (a @); CREATE FUNCTION f() RETURNS @ BEGIN ATOMIC SELECT a FROM t LIMIT 1; END;
      CREATE PROCEDURE p(x int) BEGIN ATOMIC INSERT INTO t VALUES (x); UPDATE t SET a = CASE WHEN a > 1 THEN 2 END; END;`,
    from: "int",
    to: "bigint",
    rows: "INSERT INTO t VALUES (1)",
    query: "SELECT a::text FROM t",
  },
  {
    title: "the default of a partitioned table of which a partition has its own",
    schema: `CREATE TABLE p (a int, n text DEFAULT @) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p (n DEFAULT 'own') FOR VALUES IN (1);
      CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);`,
    from: "'x'",
    to: "'y'",
  },
  {
    title: "everything in a schema with a dot in its name, which goes",
    schema: "CREATE TABLE keep (a int); @",
    from: `CREATE SCHEMA "My.App"; CREATE TYPE "My.App"."E.x" AS ENUM ('a'); CREATE SEQUENCE "My.App"."S.q";
      CREATE TABLE "My.App"."user.s ""q""" ("Col.A" int PRIMARY KEY, "c'q" "My.App"."E.x"); CREATE INDEX "I.x" ON "My.App"."user.s ""q""" ("c'q");
      COMMENT ON COLUMN "My.App"."user.s ""q"""."Col.A" IS 'it''s "x"';`,
    to: "",
  },
  {
    title: "rights, and default rights",
    schema:
      "CREATE SCHEMA s; CREATE TABLE t (a int, b int); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; @",
    from: `GRANT SELECT ON t TO pg_monitor WITH GRANT OPTION; GRANT SELECT (a) ON t TO PUBLIC; GRANT USAGE ON SCHEMA s TO PUBLIC;
      ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO pg_monitor;`,
    to: `GRANT SELECT, INSERT ON t TO pg_monitor; GRANT UPDATE (b) ON t TO PUBLIC; REVOKE ALL ON FUNCTION f() FROM PUBLIC;
      ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor;`,
  },
  {
    title: "how columns are stored, what order rows are in, and when triggers fire",
    schema: `CREATE TABLE t (a text PRIMARY KEY, b text); CREATE INDEX i ON t (lower(b)); CREATE UNLOGGED SEQUENCE s;
      CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger(); @`,
    from: "ALTER TABLE t ALTER b SET STORAGE EXTERNAL, ALTER b SET STATISTICS 5, CLUSTER ON i; ALTER TABLE t DISABLE TRIGGER x;",
    to: `ALTER TABLE t ALTER b SET COMPRESSION pglz, ALTER b SET (n_distinct = 3), CLUSTER ON t_pkey; ALTER TABLE t ENABLE REPLICA TRIGGER x;
      ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 7; ALTER SEQUENCE s SET LOGGED;`,
  },
];

describe("a change on PostgreSQL", { timeout: 120_000 }, () => {
  it.each(CHANGES)("of $title", async ({ schema, from, to, rows = "", query }) => {
    const read = (): Promise<unknown> => (query === undefined ? Promise.resolve([]) : database.rows(query));
    runPsql(database, `${schema.replaceAll("@", () => from)}\n${rows}`);
    runPsql(
      wanted,
      schema.replaceAll("@", () => to),
    );
    const [before, held] = [dump(database), await read()];
    project.write(
      "schema.sql",
      schema.replaceAll("@", () => to),
    );
    await expectOk("revision --autogenerate -m change --drop-ok");
    await expectOk("upgrade head");
    expect(dump(database)).toEqual(dump(wanted));
    expect(await read()).toEqual(held);
    await expectOk("check");
    await expectOk("downgrade base --allow-data-loss");
    expect(dump(database)).toEqual(before);
    expect(await read()).toEqual(held);
  });

  it("is made in the schema that the URL says", async () => {
    runPsql(database, "CREATE SCHEMA app; CREATE TABLE app.todos (id int); CREATE TABLE public.other (id int);");
    const url = `${database.url}?options=-c%20search_path%3Dapp`;
    project.write("limbeck.config.ts", `export default { url: "${url}", models: "schema.sql" };\n`);
    project.write("schema.sql", "CREATE TABLE todos (id int, title text); CREATE TABLE public.other (id int);");
    await expectOk("revision --autogenerate -m change --drop-ok");
    await expectOk("upgrade head");
    await expectOk("check");
    expect(await database.rows("SELECT title FROM app.todos")).toEqual([]);
  });

  it("leaves rights alone of which nobody says anything", async () => {
    runPsql(database, "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; GRANT SELECT ON v TO pg_monitor;");
    const before = dump(database);
    project.write("schema.sql", "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;");
    expect(await project.limbeckJson("diff")).toMatchObject({
      data: { changes: [], unmanaged: [{ kind: "grants", name: "on table v" }] },
    });
    // They go with the view, and come back with it.
    project.write("schema.sql", "CREATE TABLE t (a bigint); CREATE VIEW v AS SELECT a FROM t;");
    await expectOk("revision --autogenerate -m change --drop-ok");
    await expectOk("upgrade head");
    expect(dump(database).filter((line) => line.startsWith("GRANT"))).toEqual(
      before.filter((line) => line.startsWith("GRANT")),
    );
    await expectOk("downgrade base --allow-data-loss");
    expect(dump(database)).toEqual(before);
  });
});
