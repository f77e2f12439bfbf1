import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

let database: PostgresDatabase;
const opened: Connection[] = [];

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase("CREATE SCHEMA own", "CREATE TABLE own.t (a integer)");
});

afterEach(async () => {
  for (const connection of opened.splice(0)) await connection.close();
  await database.drop();
});

const keep = (connection: Connection): Connection => {
  opened.push(connection);
  return connection;
};

const openScratch = async (): Promise<Connection> => {
  await database.run(`ALTER DATABASE "${database.name}" SET search_path = own`);
  return keep(await postgres.openScratch({ beside: database.url }));
};

const readNumbers = async (connection: Connection): Promise<readonly unknown[]> =>
  (await connection.query("SELECT a FROM t ORDER BY 1")).map(({ a }) => a);

const readName = async (connection: Connection): Promise<unknown> =>
  (await connection.query("SELECT current_database()::text AS name"))[0]?.["name"];

const listScratches = async (): Promise<readonly unknown[]> =>
  (await database.rows("SELECT datname::text AS name FROM pg_database WHERE datname ~ '^limbeck_scratch'")).map(
    ({ name }) => name,
  );

describe("a copy of a scratch database", () => {
  it("has its rows and its settings, goes its own way, and is dropped when it is closed", async () => {
    const original = await openScratch();
    await original.execute("CREATE TABLE t (a integer)");
    await original.execute("INSERT INTO t VALUES (1)");
    const copy = keep(await postgres.openCopy(original));
    expect(
      await copy.query("SELECT current_schema()::text AS s, current_setting('check_function_bodies') AS c"),
    ).toEqual([{ s: "own", c: "off" }]);
    await copy.execute("INSERT INTO t VALUES (2)");
    // The original has a new session, which looks names up where the old one did.
    expect(await readNumbers(original)).toEqual([1]);
    const names = [await readName(original), await readName(copy)];
    expect(await listScratches()).toEqual(expect.arrayContaining(names));
    await original.close();
    expect(await readNumbers(copy)).toEqual([1, 2]);
    await copy.close();
    expect((await listScratches()).filter((name) => names.includes(name))).toEqual([]);
    await expect(copy.query("SELECT 1")).rejects.toMatchObject({ reason: "connectionClosed" });
    await expect(postgres.openCopy(original)).rejects.toMatchObject({ reason: "connectionClosed" });
  });

  it("is not made of a database that belongs to others", async () => {
    const live = keep(await postgres.connect(database.url));
    await expect(postgres.openCopy(live)).rejects.toMatchObject({ reason: "copyUnsupported" });
  });
});
