import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

describe("a scratch database that is read again and again", () => {
  let database: PostgresDatabase;
  let scratch: Connection;

  beforeEach(async (context) => {
    check(context);
    database = await createPostgresDatabase();
    scratch = await postgres.openScratch({ beside: database.url });
  });
  afterEach(async () => {
    await scratch.close();
    await database.drop();
  });

  const countPlans = async (): Promise<unknown> =>
    (await scratch.query("SELECT count(*)::int AS n FROM pg_prepared_statements WHERE name LIKE 'limbeck%'"))[0]?.["n"];
  const readColumns = async (): Promise<readonly string[]> => {
    const { schema } = await postgres.introspect(scratch);
    return schema.tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`));
  };

  it("is read by one plan, and as it is at that moment", async () => {
    expect(await countPlans()).toBe(0);
    expect(await readColumns()).toEqual([]);
    expect(await countPlans()).toBe(1);
    await scratch.execute("CREATE TABLE a (x integer)");
    expect(await readColumns()).toEqual(["a.x"]);
    expect(await countPlans()).toBe(1);
    await scratch.execute("BEGIN");
    await scratch.execute("ALTER TABLE a ADD y integer");
    expect(await readColumns()).toEqual(["a.x", "a.y"]);
    await scratch.execute("ROLLBACK");
    expect(await readColumns()).toEqual(["a.x"]);
    await scratch.execute("CREATE SCHEMA other");
    await scratch.execute("CREATE TABLE other.b (z integer)");
    await scratch.execute("SET search_path = other");
    expect(await readColumns()).toEqual(["b.z", "public.a.x"]);
    expect(await countPlans()).toBe(1);
  });

  it("keeps no plan of a long question about a table, whose columns may become others", async () => {
    const columns = Array.from({ length: 800 }, (_, position) => `column_number_${position}`);
    await scratch.execute(`CREATE TABLE wide (${columns.map((name) => `${name} integer`).join(", ")})`);
    const question = `SELECT ${columns.join(", ")} FROM wide`;
    await scratch.query(question);
    await scratch.query(question);
    await scratch.execute("ALTER TABLE wide ALTER COLUMN column_number_3 TYPE text");
    expect(await scratch.query(question)).toEqual([]);
  });

  it.each([
    ["execute", "DEALLOCATE ALL"],
    ["query", "DISCARD ALL"],
  ] as const)("is read also after a revision took the plan away: %s %s", async (way, statement) => {
    await readColumns();
    expect(await countPlans()).toBe(1);
    await scratch[way](statement);
    await scratch.execute("CREATE TABLE a (x integer)");
    expect(await readColumns()).toEqual(["a.x"]);
    expect(await readColumns()).toEqual(["a.x"]);
    expect(await countPlans()).toBe(0);
  });

  it("is read also after it was copied, which begins its session anew", async () => {
    await scratch.execute("CREATE TABLE a (x integer)");
    await readColumns();
    const copy = await postgres.openCopy(scratch, { beside: database.url });
    try {
      expect(await readColumns()).toEqual(["a.x"]);
      await scratch.execute("CREATE TABLE b (x integer)");
      expect(await readColumns()).toEqual(["a.x", "b.x"]);
    } finally {
      await copy.close();
    }
  });
});

describe("a session that holds the lock", () => {
  it("is read by one plan, however often a command takes it", async (context) => {
    check(context);
    const database = await createPostgresDatabase("CREATE TABLE a (x integer)");
    const lock = await postgres.acquireLock(database.url, 0);
    try {
      for (let round = 0; round < 2; round += 1) {
        const connection = await lock.connect();
        for (let times = 0; times < 2; times += 1)
          expect((await postgres.introspect(connection)).schema.tables.map(({ name }) => name)).toEqual(["a"]);
        await connection.close();
      }
      const connection = await lock.connect();
      const plans = await connection.query("SELECT name FROM pg_prepared_statements WHERE name LIKE 'limbeck%'");
      expect(plans).toHaveLength(1);
    } finally {
      await lock.release();
      await database.drop();
    }
  });
});
