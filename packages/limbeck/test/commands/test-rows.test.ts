import { afterEach, beforeEach, describe, expect, it, type TestContext } from "vitest";
import type { TestResult } from "../../src/commands/test-revisions.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, requireMariadb } from "../support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";

const checkPostgres = requirePostgres();
const checkMariadb = requireMariadb();

let project: TestProject;
let drop: () => Promise<void> = async () => undefined;

beforeEach(() => {
  project = createTestProject();
});

afterEach(async () => {
  project.dispose();
  await drop();
  drop = async () => undefined;
});

async function openPostgres(context: TestContext): Promise<void> {
  checkPostgres(context);
  const database = await createPostgresDatabase();
  drop = database.drop;
  project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
}

async function openMariadb(context: TestContext): Promise<void> {
  checkMariadb(context);
  const database = await createMariadbDatabase();
  drop = database.drop;
  project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
}

const openSqlite = async (): Promise<void> =>
  project.write("limbeck.config.ts", `export default { url: "sqlite:app.db" };\n`);

async function test(): Promise<TestResult> {
  const { data } = await project.limbeckJson("test");
  // The shape is checked by what is looked at.
  return data as TestResult;
}

const sql = (text: string): string => `await op.execute(${JSON.stringify(text)});`;

describe("a column of SQLite that has no type", () => {
  it.each([
    ["texts", "CREATE TABLE t (x)"],
    ["texts", "CREATE TABLE t (x ANY) STRICT"],
    ["integers", "CREATE TABLE t (x)"],
    ["reals", "CREATE TABLE t (x)"],
    ["bytes", "CREATE TABLE t (x)"],
  ])("gets values of other kinds as well, of which %s make something else: %s", async (kind, table) => {
    await openSqlite();
    const into = { texts: "TEXT", integers: "INTEGER", reals: "REAL", bytes: "BLOB" }[kind];
    const others = { texts: "text", integers: "integer", reals: "real", bytes: "blob" }[kind];
    project.writeRevision("a001", null, "make", { up: sql(table), down: sql("DROP TABLE t") });
    project.writeRevision("a002", "a001", "convert", {
      up: sql(`UPDATE t SET x = CAST(x AS ${into}) WHERE typeof(x) NOT IN ('text', '${others}')`),
      down: sql("SELECT 1"),
    });
    const { revisions } = await test();
    expect(revisions.find(({ revision }) => revision === "a002")?.verdict).toBe("losesData");
  });
});

describe("a revision that has to do with a table that no row could be made for", { timeout: 120_000 }, () => {
  it("is not called reversible", async () => {
    await openSqlite();
    project.writeRevision("a001", null, "never", {
      up: sql("CREATE TABLE never (a INTEGER NOT NULL CHECK (a > 5 AND a < 3), name TEXT)"),
      down: sql("DROP TABLE never"),
    });
    project.writeRevision("a002", "a001", "other", {
      up: `await op.createTable("other", { id: integer().primaryKey() });`,
      down: `await op.dropTable("other");`,
    });
    project.writeRevision("a003", "a002", "drop", {
      up: `await op.dropColumn("never", "name");`,
      down: `await op.addColumn("never", "name", text());`,
    });
    project.writeRevision("a004", "a003", "fill", { up: sql("UPDATE never SET a = 4"), down: sql("SELECT 1") });
    const { revisions } = await test();
    expect(revisions.map(({ revision, verdict, untried }) => [revision, verdict, untried])).toEqual([
      ["a001", "untried", ["never"]],
      // Its own rows go with it, and it has nothing to do with the other table.
      ["a002", "losesData", []],
      ["a003", "untried", ["never"]],
      ["a004", "untried", ["never"]],
    ]);
    const { stdout, stderr } = await project.limbeck("test");
    expect(stdout).toContain("a001  not tried with rows  never\n");
    expect(stderr.replaceAll(/\s+/g, " ")).toContain("3 not tried with rows, 1 loses data.");
  });
});

describe("rows of limbeck test", { timeout: 120_000 }, () => {
  it("are made for the types and checks of PostgreSQL", async (context) => {
    await openPostgres(context);
    const types = [
      "inet",
      "cidr",
      "macaddr",
      "int4range",
      "daterange",
      "tstzrange",
      "point",
      "polygon",
      "interval",
      "bit(3)",
      "bit varying",
      "tsvector",
      "xml",
      "money",
      "text[]",
      "integer[]",
      "numeric(6,2)[]",
      "timestamptz(3)",
      "time with time zone",
      "mood",
      "mood[]",
      "email",
      "percent",
      "address",
      "floats",
      "jsonb[]",
    ];
    const columns = types.map((type, index) => `c${index} ${type} NOT NULL`).join(", ");
    project.writeRevision("a001", null, "types", {
      up: [
        "CREATE TYPE mood AS ENUM ('sad', 'it''s ok')",
        "CREATE DOMAIN email AS varchar(80) CHECK (VALUE ~ '^[^@ ]+@[^@ ]+$')",
        "CREATE DOMAIN percent AS integer NOT NULL CHECK (VALUE BETWEEN 0 AND 1)",
        `CREATE TYPE address AS (street text, "zip code" integer)`,
        "CREATE TYPE floats AS RANGE (subtype = double precision)",
        `CREATE TABLE everything (id integer PRIMARY KEY, ${columns}, role varchar(10) NOT NULL CHECK (role IN ('admin', 'user')),
          qty integer NOT NULL CHECK (qty BETWEEN 1 AND 9))`,
        "CREATE TABLE child (id integer PRIMARY KEY, parent integer NOT NULL REFERENCES everything)",
        "CREATE TABLE picky (id integer PRIMARY KEY, a email, b email NOT NULL, c percent, d percent, e email)",
      ]
        .map(sql)
        .join("\n"),
      down: ["DROP TABLE child, everything, picky", "DROP TYPE floats, address, mood", "DROP DOMAIN percent, email"]
        .map(sql)
        .join("\n"),
    });
    const [found] = (await test()).revisions;
    expect(found?.notes.filter((note) => note.startsWith("no row"))).toEqual([]);
    expect(found).toMatchObject({ verdict: "losesData", untried: [] });
  });

  it("are made for the types and checks of MariaDB, in every revision", async (context) => {
    await openMariadb(context);
    const types = [
      "enum('a','it''s')",
      "set('x','y')",
      "point",
      "geometry",
      "linestring",
      "polygon",
      "year",
      "bit(1)",
      "tinyint",
      "tinyint unsigned",
      "inet6",
      "int(10) unsigned",
      "mediumtext",
      "decimal(6,2) unsigned",
    ];
    const columns = types.map((type, index) => `c${index} ${type} NOT NULL`).join(", ");
    project.writeRevision("a001", null, "types", {
      up: [
        `CREATE TABLE everything (id integer PRIMARY KEY, ${columns}, role varchar(10) NOT NULL CHECK (role IN ('admin', 'user')),
          qty integer NOT NULL CHECK (qty BETWEEN 1 AND 9))`,
        "CREATE TABLE child (id integer PRIMARY KEY, parent integer NOT NULL, FOREIGN KEY (parent) REFERENCES everything (id))",
      ]
        .map(sql)
        .join("\n"),
      down: ["DROP TABLE child", "DROP TABLE everything"].map(sql).join("\n"),
    });
    project.writeRevision("a002", "a001", "more", {
      up: sql("ALTER TABLE everything ADD COLUMN more enum('a','b') NOT NULL"),
      down: sql("ALTER TABLE everything DROP COLUMN more"),
    });
    const { revisions } = await test();
    expect(revisions.flatMap(({ notes }) => notes.filter((note) => note.startsWith("no row")))).toEqual([]);
    expect(revisions.map(({ untried }) => untried)).toEqual([[], []]);
  });

  it("are found again without a key, although PostgreSQL stores what it updates in another place", async (context) => {
    await openPostgres(context);
    project.writeRevision("a001", null, "t", {
      up: sql("CREATE TABLE t (a integer, b text, c text)"),
      down: sql("DROP TABLE t"),
    });
    project.writeRevision("a002", "a001", "not null", {
      up: `${sql("UPDATE t SET b = '?' WHERE b IS NULL")} ${sql("ALTER TABLE t ALTER b SET NOT NULL")}`,
      down: sql("ALTER TABLE t ALTER b DROP NOT NULL"),
    });
    const { revisions } = await test();
    // NULL has become '?', and no downgrade gives it back; nothing else is touched.
    expect(revisions[1]?.losses.map(({ table, column, kind }) => ({ table, column, kind }))).toEqual([
      { table: "t", column: "b", kind: "changed" },
    ]);
  });
});

describe("a table that a revision fills", () => {
  it("gets further rows, although the first hundreds of numbers are taken", async () => {
    await openSqlite();
    const fill =
      "WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 300) " +
      "INSERT INTO t SELECT value FROM n";
    project.writeRevision("a001", null, "make", {
      up: `${sql("CREATE TABLE t (id INTEGER PRIMARY KEY)")} ${sql(fill)}`,
      down: sql("DROP TABLE t"),
    });
    project.writeRevision("a002", "a001", "add", {
      up: `await op.addColumn("t", "z", text());`,
      down: `await op.dropColumn("t", "z");`,
    });
    const { revisions } = await test();
    expect(revisions[1]?.notes).not.toContainEqual(expect.stringContaining("no row could be made"));
    expect(revisions[1]).toMatchObject({ verdict: "losesData" });
  });
});

describe("a downgrade that stops at values that the column did not take before", { timeout: 120_000 }, () => {
  it.for([
    ["SQLite", openSqlite],
    ["PostgreSQL", openPostgres],
    ["MariaDB", openMariadb],
  ] as const)("is measured with ones that it did take: %s", async ([, open], context) => {
    await open(context);
    project.writeRevision("a001", null, "make", {
      up: `await op.createTable("t", { id: integer().primaryKey(), n: integer() });`,
      down: `await op.dropTable("t");`,
    });
    project.writeRevision("a002", "a001", "change", {
      up: `await op.addColumn("t", "z", text()); await op.alterColumn("t", "n", { type: text() });`,
      down: `await op.alterColumn("t", "n", { type: integer() }); await op.dropColumn("t", "z");`,
    });
    const { revisions } = await test();
    expect(revisions[1]).toMatchObject({ verdict: "losesData", refusals: [{ direction: "downgrade" }] });
    expect(revisions[1]?.losses).toContainEqual(expect.objectContaining({ column: "z", direction: "downgrade" }));
  });
});
