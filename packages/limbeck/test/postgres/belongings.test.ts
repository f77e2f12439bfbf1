import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import {
  createPostgresDatabase,
  POSTGRES_URL,
  requirePostgres,
  type PostgresDatabase,
} from "../support/postgres-server.ts";

const check = requirePostgres();

vi.setConfig({ testTimeout: 240_000 });

let database: PostgresDatabase;
let project: TestProject;
let owner: string;
let reader: string;

const psql = (input: string, url = database.url): void => {
  execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", url], {
    input,
    env: { ...process.env, PGOPTIONS: "-cclient_min_messages=error" },
  });
};

/** All that `pg_dump` knows of the database, whose things are among it. */
const dump = (): string =>
  execFileSync("pg_dump", ["--schema-only", "--exclude-table=limbeck_*", database.url], { encoding: "utf8" })
    // The newest ones write a password that differs each time.
    .replaceAll(/^\\(?:un)?restrict .*$/gm, "");

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
  const name = randomBytes(4).toString("hex");
  [owner, reader] = [`limbeck_owner_${name}`, `limbeck_reader_${name}`];
  psql(`CREATE ROLE ${owner}; CREATE ROLE ${reader};`);
  project = createTestProject();
  project.write("limbeck.config.ts", `export default { url: "${database.url}", models: "schema.sql" };\n`);
  project.write("migrations/versions/.gitkeep", "");
});

afterEach(async () => {
  project.dispose();
  await database.drop();
  psql(`DROP ROLE ${owner}, ${reader};`, POSTGRES_URL);
});

/** Takes a schema to another one and back by the command line, and tells what the dumps say. */
async function goThereAndBack(from: string, to: string, rest: string) {
  const rights = `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${reader};`;
  psql(`${from}\n${rest}\n${rights}`);
  project.write("schema.sql", `${to}\n${rights}`);
  const start = dump();
  const made = await project.limbeckJson("revision --autogenerate -m change --no-rename --drop-ok");
  expect([made, made.exitCode]).toEqual([expect.anything(), 0]);
  expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 0 });
  const between = dump();
  expect(await project.limbeckJson("diff")).toMatchObject({ data: { changes: [] } });
  const back = await project.limbeckJson("downgrade base --allow-data-loss");
  expect(back).toMatchObject({ exitCode: 0 });
  // In which order rights were given says nothing.
  expect(dump().split("\n").toSorted()).toEqual(start.split("\n").toSorted());
  return { start, between, made, back };
}

/** The lines of dumps in which they differ. */
function compareDumps(from: string, to: string): readonly string[] {
  const [old, fresh] = [from.split("\n"), to.split("\n")];
  return [
    ...old.filter((line) => !fresh.includes(line)).map((line) => `- ${line}`),
    ...fresh.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ];
}

const viewed = (type: string): string => `
  CREATE TABLE accounts (id integer PRIMARY KEY, owner text NOT NULL, amount ${type});
  ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
  CREATE VIEW own WITH (security_barrier = true) AS SELECT id, amount FROM accounts WHERE owner = CURRENT_USER;
  COMMENT ON VIEW own IS 'mine';
  COMMENT ON COLUMN own.amount IS 'money';
  CREATE VIEW asked WITH (security_invoker = true) AS SELECT id FROM own WHERE amount > 0;
  CREATE MATERIALIZED VIEW sums AS SELECT owner, sum(amount) AS amount FROM accounts GROUP BY owner;
  CREATE FUNCTION total() RETURNS bigint LANGUAGE sql SECURITY DEFINER BEGIN ATOMIC SELECT count(amount) FROM accounts; END;`;

it("views and functions over a column of another type are whose they were, with their rights", async () => {
  const rest = `
    ALTER VIEW own OWNER TO ${owner}; ALTER VIEW asked OWNER TO ${owner}; ALTER MATERIALIZED VIEW sums OWNER TO ${owner};
    ALTER FUNCTION total() OWNER TO ${owner};
    SET ROLE ${owner}; GRANT SELECT, UPDATE (amount) ON own TO postgres; GRANT SELECT (id) ON asked TO postgres; RESET ROLE;`;
  const { start, between } = await goThereAndBack(viewed("integer"), viewed("bigint"), rest);
  expect(compareDumps(start, between)).toEqual(["-     amount integer", "+     amount bigint"]);
});

it("an enum that is made anew, a domain over it and what speaks of it are whose they were", async () => {
  const schema = (values: string): string => `
    CREATE TYPE state AS ENUM (${values});
    CREATE DOMAIN settled AS state;
    CREATE TABLE orders (id integer PRIMARY KEY, state state, last settled);
    CREATE VIEW open AS SELECT id FROM orders WHERE state = 'open';`;
  const rest = `ALTER TYPE state OWNER TO ${owner}; ALTER DOMAIN settled OWNER TO ${owner}; ALTER VIEW open OWNER TO ${owner};`;
  const { start, between } = await goThereAndBack(schema("'open', 'done'"), schema("'done', 'open'"), rest);
  expect(compareDumps(start, between)).toEqual(["-     'open',", "-     'done'", "+     'done',", "+     'open'"]);
});

const parted = (key: string): string => `
  CREATE TABLE events (id integer NOT NULL, region integer NOT NULL, note text, PRIMARY KEY (id, region)) PARTITION BY ${key};
  ALTER TABLE events ENABLE ROW LEVEL SECURITY;
  ALTER TABLE events ALTER COLUMN note SET STATISTICS 50;
  COMMENT ON TABLE events IS 'what happened';
  CREATE POLICY all_of_them ON events USING (region > 0);
  CREATE TABLE events_rest PARTITION OF events DEFAULT;
  CREATE UNIQUE INDEX ux_events_rest ON events_rest (id, region);
  ALTER TABLE events_rest REPLICA IDENTITY USING INDEX ux_events_rest;
  ALTER TABLE events_rest CLUSTER ON ux_events_rest;
  CREATE STATISTICS events_stats (ndistinct) ON id, region FROM events_rest;
  CREATE VIEW recent AS SELECT id FROM events;`;

it("a table that is made anew for another partition key keeps its owner, rights, publications and rows", async () => {
  const rest = `
    ALTER TABLE events OWNER TO ${owner}; ALTER TABLE events_rest OWNER TO ${owner}; ALTER VIEW recent OWNER TO ${owner};
    ALTER STATISTICS events_stats OWNER TO ${owner};
    CREATE PUBLICATION news FOR TABLE events_rest (id, region) WHERE (region > 1);
    CREATE PUBLICATION all_news FOR TABLE events WITH (publish_via_partition_root = true);
    INSERT INTO events VALUES (1, 1, 'a'), (2, 2, 'b');`;
  const { start, between, made, back } = await goThereAndBack(parted("LIST (region)"), parted("LIST (id)"), rest);
  expect(compareDumps(start, between)).toEqual(["- PARTITION BY LIST (region);", "+ PARTITION BY LIST (id);"]);
  expect(await database.rows("SELECT id, note FROM events ORDER BY id")).toEqual([
    { id: 1, note: "a" },
    { id: 2, note: "b" },
  ]);
  expect(JSON.stringify([made, back])).not.toMatch(/destroys all rows/);
});

it("a table whose partition key changes loses no rows, and nobody has to agree", async () => {
  psql(`${parted("LIST (region)")} INSERT INTO events VALUES (1, 1, 'a'), (2, 2, 'b');`);
  project.write("schema.sql", parted("LIST (id)"));
  await project.limbeckJson("revision --autogenerate -m change --no-rename");
  const run = await project.limbeck("upgrade head");
  expect([run.exitCode, run.stdout + run.stderr]).toEqual([0, expect.not.stringMatching(/destroy/)]);
  expect(await project.limbeckJson("downgrade base")).toMatchObject({ exitCode: 0 });
  expect(await database.rows("SELECT id FROM events ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }]);
});
