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
  /** What only has another name: `value:e.open:e.todo`. */
  readonly rename?: string;
}

const RENAMED = { from: "open", to: "to do", rename: "value:e.open:e.to do" };

const TRIGGERED = `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1, 2) PARTITION BY LIST (a);
  CREATE TABLE p11 PARTITION OF p1 FOR VALUES IN (1); CREATE TABLE p2 PARTITION OF p FOR VALUES IN (3);
  CREATE TRIGGER t AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f();`;

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
  {
    title: "tables that point to a partitioned one and sort before its partitions",
    schema: "@",
    from: "",
    to: `CREATE TABLE z (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE z1 PARTITION OF z FOR VALUES FROM (0) TO (9) PARTITION BY RANGE (id);
      CREATE TABLE z2 PARTITION OF z1 FOR VALUES FROM (0) TO (5); CREATE TABLE a (id int PRIMARY KEY, z int REFERENCES z);`,
  },
  {
    title: "when triggers fire in some partitions",
    schema: `${TRIGGERED} @`,
    from: "ALTER TABLE p2 DISABLE TRIGGER t",
    to: "ALTER TABLE p1 DISABLE TRIGGER t; ALTER TABLE p11 ENABLE ALWAYS TRIGGER t",
  },
  {
    title: "a column under a view whose rows functions give and take",
    schema: `CREATE TABLE t (a @, b text); CREATE VIEW v AS SELECT a, b FROM t; CREATE FUNCTION f() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM v';
      CREATE FUNCTION g(x v) RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM v WHERE a > 1; END; CREATE VIEW w AS SELECT a FROM f();
      CREATE FUNCTION h() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t'; CREATE VIEW x AS SELECT a FROM h();`,
    from: "int",
    to: "bigint",
    rows: "INSERT INTO t VALUES (1, 'a')",
    query: "SELECT a::text FROM x",
  },
  {
    title: "the name of a value in defaults of lists, of domains and of functions, in conditions and in bodies",
    schema: `CREATE TYPE e AS ENUM ('@', 'done'); CREATE DOMAIN d AS e DEFAULT '@' CHECK (VALUE <> '@' OR VALUE IS NOT NULL);
      CREATE TABLE t (a e[] DEFAULT ARRAY['@']::e[], b e DEFAULT '@', c d, CHECK (b <> 'done'), CHECK (a <> ARRAY['@', 'done']::e[]));
      CREATE VIEW v AS SELECT * FROM t WHERE b = '@'; CREATE INDEX i ON t (b) WHERE b = '@'; CREATE POLICY p ON t USING (b = '@');
      CREATE FUNCTION f() RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM t WHERE b = '@'; END;
      CREATE FUNCTION g(x e DEFAULT '@') RETURNS int LANGUAGE sql AS 'SELECT 1';`,
    ...RENAMED,
    rows: "INSERT INTO t DEFAULT VALUES",
    query: "SELECT count(*)::text FROM t",
  },
  {
    title: "the name of a value by which a table is spread over partitions",
    schema: `CREATE TYPE e AS ENUM ('@', 'done'); CREATE TABLE t (a e, b e) PARTITION BY LIST (a);
      CREATE TABLE t1 PARTITION OF t FOR VALUES IN ('@') PARTITION BY RANGE (b); CREATE TABLE t2 PARTITION OF t1 FOR VALUES FROM ('@') TO ('done');`,
    ...RENAMED,
    rows: "INSERT INTO t SELECT v, v FROM unnest(enum_range(NULL::e)) AS v LIMIT 1",
    query: "SELECT count(*)::text FROM t2",
  },
  {
    title: "the values of an enum under a range type",
    schema:
      "CREATE TYPE e AS ENUM (@); CREATE TYPE r AS RANGE (SUBTYPE = e); CREATE TABLE t (x r DEFAULT '[a,c]', y e);",
    from: "'a', 'b', 'c'",
    to: "'b', 'a', 'c'",
    rows: "INSERT INTO t VALUES ('[a,c)', 'a')",
    query: "SELECT x::text, y::text FROM t",
  },
  {
    title: "bounds of partitions that move on and change places",
    schema: `CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE l (a int) PARTITION BY LIST (a); @`,
    from: `CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10); CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
      CREATE TABLE l1 PARTITION OF l FOR VALUES IN (1); CREATE TABLE l2 PARTITION OF l FOR VALUES IN (2);
      CREATE TABLE s1 PARTITION OF p FOR VALUES FROM (20) TO (40);`,
    to: `CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (15); CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (15) TO (20);
      CREATE TABLE l1 PARTITION OF l FOR VALUES IN (2); CREATE TABLE l2 PARTITION OF l FOR VALUES IN (1);
      CREATE TABLE s1 PARTITION OF p FOR VALUES FROM (20) TO (30); CREATE TABLE s2 PARTITION OF p FOR VALUES FROM (30) TO (40);`,
    rows: "INSERT INTO p VALUES (1), (16), (21)",
    query: "SELECT a FROM p ORDER BY a",
  },
];

describe("a change on PostgreSQL", { timeout: 120_000 }, () => {
  it.each(CHANGES)("of $title", async ({ schema, from, to, rows = "", query, rename }) => {
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
    const renames = rename === undefined ? "" : ` "--rename=${rename}"`;
    await expectOk(`revision --autogenerate -m change --drop-ok${renames}`);
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

  it.each([
    [
      "a column that the parent gets",
      "CREATE TABLE a (x int); CREATE TABLE b (x int, z int);",
      "CREATE TABLE a (x int, y int); CREATE TABLE b (x int, z int) INHERITS (a);",
    ],
    [
      "one that both have by then",
      "CREATE TABLE a (x int); CREATE TABLE b (x int, y int);",
      "CREATE TABLE a (x int, y int DEFAULT 1); CREATE TABLE b () INHERITS (a);",
    ],
    [
      "one that only the parent has",
      "CREATE TABLE a (x int, y int); CREATE TABLE b (x int);",
      "CREATE TABLE a (x int, y int); CREATE TABLE b () INHERITS (a);",
    ],
    [
      "one that the parent loses",
      "CREATE TABLE a (x int, y int); CREATE TABLE b () INHERITS (a);",
      "CREATE TABLE a (x int); CREATE TABLE b (x int, y int);",
    ],
  ])("of who inherits goes along with %s, and keeps rows", async (_what, from, to) => {
    runPsql(database, `${from} INSERT INTO b (x) VALUES (7)`);
    const held = await database.rows("SELECT * FROM b");
    project.write("schema.sql", to);
    await expectOk("revision --autogenerate -m change --drop-ok");
    await expectOk("upgrade head");
    await expectOk("check");
    expect(await database.rows("SELECT x FROM b")).toEqual([{ x: 7 }]);
    await expectOk("downgrade base --allow-data-loss");
    expect(await database.rows("SELECT * FROM b")).toEqual(held);
    project.write("schema.sql", from);
    expect(await project.limbeckJson("diff")).toMatchObject({ data: { changes: [] } });
  });

  it("lets new tables have the rights that everything new gets", async () => {
    runPsql(database, "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor;");
    project.write("schema.sql", "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;");
    await expectOk("revision --autogenerate -m change");
    await expectOk("upgrade head");
    expect(dump(database).filter((line) => line.startsWith("GRANT SELECT ON TABLE public."))).toEqual([
      "GRANT SELECT ON TABLE public.t TO pg_monitor;",
      "GRANT SELECT ON TABLE public.v TO pg_monitor;",
    ]);
    await expectOk("check");
    await expectOk("downgrade base --allow-data-loss");
  });

  it("gives a view that is made anew no rights that it had not before", async () => {
    runPsql(
      database,
      `CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v; GRANT INSERT ON w TO pg_monitor;
        ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor;`,
    );
    const grants = () => dump(database).filter((line) => line.startsWith("GRANT") && !line.includes("limbeck"));
    project.write(
      "schema.sql",
      "CREATE TABLE t (a bigint); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v;",
    );
    await expectOk("revision --autogenerate -m change --drop-ok");
    await expectOk("upgrade head");
    await expectOk("check");
    expect(grants()).toEqual(["GRANT INSERT ON TABLE public.w TO pg_monitor;"]);
    await expectOk("downgrade base --allow-data-loss");
  });

  it("tells of rights that a view gets where a hook takes out that it keeps what it had", async () => {
    runPsql(
      database,
      "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor;",
    );
    project.write("schema.sql", "CREATE TABLE t (a bigint); CREATE VIEW v AS SELECT a FROM t;");
    project.write(
      "limbeck.config.ts",
      `const forget = (list) => list.map(({ keepAttached, ...rest }) => rest);
export default { url: "${database.url}", models: "schema.sql", processRevision: (plan) => ({ ...plan, upgrade: forget(plan.upgrade) }) };\n`,
    );
    const { exitCode, stdout, stderr } = await project.limbeck("revision --autogenerate -m change --drop-ok");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr });
    const note = "The view v is made anew, and gets what everything new gets: GRANT SELECT ON TABLE v TO pg_monitor.";
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(`⚠ ${note}`);
    expect(project.read(stdout.trim()).replaceAll(/\n \* /g, " ")).toContain(note);
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
