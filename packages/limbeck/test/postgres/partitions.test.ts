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

const dump = (): string =>
  execFileSync("pg_dump", ["--schema-only", "--no-owner", "--exclude-table=limbeck_*", database.url], {
    encoding: "utf8",
  }).replaceAll(/^\\(?:un)?restrict .*$/gm, "");

async function expectOk(line: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const run = await project.limbeck(line);
  expect({ line, exitCode: run.exitCode, problem: run.exitCode === 0 ? "" : run.stderr }).toEqual({
    line,
    exitCode: 0,
    problem: "",
  });
  return run;
}

/** Runs the first script, with rows, and leads to the second one. @returns the dump before */
async function change(from: string, rows: string, to: string): Promise<string> {
  project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
  execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", database.url], { input: from + rows });
  const before = dump();
  project.write("schema.sql", to);
  await expectOk("revision --autogenerate -m change --rev-id a001 --drop-ok");
  await expectOk("upgrade head");
  expect((await expectOk("check")).stderr).toContain("agree");
  return before;
}

const EVENTS = `(
  id serial NOT NULL,
  at date NOT NULL,
  title text,
  list integer REFERENCES lists,
  UNIQUE (id, at)
)`;
const LISTS = "CREATE TABLE lists (id integer PRIMARY KEY, name text);\n";
const NOTES = "CREATE TABLE notes (event integer, at date, FOREIGN KEY (event, at) REFERENCES events (id, at));\n";
const VIEW = "CREATE VIEW titles AS SELECT title FROM events;\n";
const PARTS = `CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_other PARTITION OF events DEFAULT;
`;
const ROWS = `INSERT INTO lists VALUES (1, 'home');
INSERT INTO events (at, title, list) VALUES ('2025-03-01', 'a', 1), ('2026-03-01', 'b', 1), ('2025-04-01', 'gone', NULL);
DELETE FROM events WHERE title = 'gone';
INSERT INTO notes VALUES (1, '2025-03-01');
`;
const LISTED = [
  { id: 1, title: "a", list: 1 },
  { id: 2, title: "b", list: 1 },
];

describe("a table of PostgreSQL", { timeout: 240_000 }, () => {
  it("becomes partitioned and keeps its rows, its numbers and who points to it, and is one table again", async () => {
    const plain = `${LISTS}CREATE TABLE events ${EVENTS};\n${NOTES}${VIEW}`;
    const parted = `${LISTS}CREATE TABLE events ${EVENTS} PARTITION BY RANGE (at);\n${PARTS}${NOTES}${VIEW}`;
    const before = await change(plain, ROWS, parted);
    const list = (from = "events"): Promise<unknown> =>
      database.rows(`SELECT id, title, list FROM ${from} ORDER BY id`);
    expect(await list()).toEqual(LISTED);
    expect(await list("events_2025")).toEqual(LISTED.slice(0, 1));
    // The third number was given before.
    await database.run("INSERT INTO events (at, title) VALUES ('2027-01-01', 'c')");
    expect(await database.rows("SELECT id FROM events WHERE title = 'c'")).toEqual([{ id: 4 }]);
    await expectOk("downgrade base --allow-data-loss");
    expect(dump()).toBe(before);
    expect(await list()).toEqual([...LISTED, { id: 4, title: "c", list: null }]);
    await database.run("INSERT INTO events (at, title) VALUES ('2027-01-01', 'd')");
    expect(await database.rows("SELECT id FROM events WHERE title = 'd'")).toEqual([{ id: 5 }]);
  });

  it("stops when a row fits no partition, and stays as it was", async () => {
    project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
    await database.run("CREATE TABLE events (at date NOT NULL)", "INSERT INTO events VALUES ('2030-01-01')");
    const before = dump();
    project.write(
      "schema.sql",
      `CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);
       CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');`,
    );
    await expectOk("revision --autogenerate -m change --rev-id a001 --drop-ok");
    const run = await project.limbeck("upgrade head");
    expect(run.exitCode).not.toBe(0);
    expect(run.stderr).toContain("no partition of relation");
    expect(dump()).toBe(before);
    expect(await database.rows("SELECT count(*)::int AS n FROM events")).toEqual([{ n: 1 }]);
  });

  it("joins another one as its partition, and leaves it, with its rows, keys and indexes", async () => {
    const whole = `${LISTS}CREATE TABLE events ${EVENTS} PARTITION BY RANGE (at);
      CREATE INDEX events_title ON events (title);\n`;
    const apart = `${whole}CREATE TABLE old (id integer NOT NULL, at date NOT NULL, title text, list integer);\n`;
    const joined = `${whole}CREATE TABLE old PARTITION OF events FOR VALUES FROM ('2000-01-01') TO ('2020-01-01');\n`;
    const rows = "INSERT INTO lists VALUES (1, 'home'); INSERT INTO old VALUES (1, '2010-01-01', 'x', 1);";
    const before = await change(apart, rows, joined);
    expect(await database.rows("SELECT title FROM events")).toEqual([{ title: "x" }]);
    await expectOk("downgrade base --allow-data-loss");
    expect(dump()).toBe(before);
    expect(await database.rows("SELECT title FROM old")).toEqual([{ title: "x" }]);
    expect(await database.rows("SELECT title FROM events")).toEqual([]);
  });

  it("that was a partition stays with its rows when its table goes", async () => {
    const joined = `${LISTS}CREATE TABLE events ${EVENTS} PARTITION BY RANGE (at);
      CREATE TABLE old PARTITION OF events FOR VALUES FROM ('2000-01-01') TO ('2020-01-01');\n`;
    const apart = `${LISTS}CREATE TABLE old (id integer NOT NULL, at date NOT NULL, title text, list integer);\n`;
    const rows = "INSERT INTO lists VALUES (1, 'home'); INSERT INTO events VALUES (1, '2010-01-01', 'x', 1);";
    const before = await change(joined, rows, apart);
    expect(await database.rows("SELECT title FROM old")).toEqual([{ title: "x" }]);
    await expectOk("downgrade base --allow-data-loss");
    expect(dump()).toBe(before);
    expect(await database.rows("SELECT title FROM events")).toEqual([{ title: "x" }]);
  });
});
