import { expect, it } from "vitest";
import type { Connection } from "../../../src/dialect/connection.ts";
import { postgres } from "../../../src/dialects/postgres/index.ts";

const refuse = async (running: Promise<unknown>): Promise<string> => {
  const error: unknown = await running.then(
    () => "nothing was refused",
    (reason: unknown) => reason,
  );
  return postgres.describeDatabaseError(error);
};

/** One statement at a time. */
export function testStatements(connect: () => Connection): void {
  it("changed rows are counted, and what changes none counts as none", async () => {
    const connection = connect();
    await connection.execute("DROP TABLE IF EXISTS counted");
    expect(await connection.execute("CREATE TABLE counted (id int PRIMARY KEY)")).toBe(0);
    expect(await connection.execute("INSERT INTO counted VALUES (1), (2)")).toBe(2);
    expect(await connection.execute("UPDATE counted SET id = id + 10")).toBe(2);
    expect(await connection.execute("SELECT * FROM counted")).toBe(0);
    expect(await connection.query("DELETE FROM counted WHERE id = $1 RETURNING id", [11])).toStrictEqual([{ id: 11 }]);
    expect(await connection.execute("DELETE FROM counted")).toBe(1);
  });

  it("a text of two statements is refused whole", async () => {
    const connection = connect();
    await connection.execute("DROP TABLE IF EXISTS twice");
    const answer = await refuse(connection.execute("CREATE TABLE twice (id int); SELECT 1"));
    expect(answer).toBe("cannot insert multiple commands into a prepared statement (SQLSTATE 42601)");
    expect(await connection.query("SELECT to_regclass('twice') AS twice")).toStrictEqual([{ twice: null }]);
  });

  it("what the server refuses comes in its words, with the hint and the SQLSTATE, and the session goes on", async () => {
    const connection = connect();
    await connection.execute("DROP TABLE IF EXISTS refused");
    await connection.execute("CREATE TABLE refused (title text UNIQUE)");
    expect(await refuse(connection.query("SELECT titel FROM refused"))).toBe(
      'column "titel" does not exist; hint: Perhaps you meant to reference the column "refused.title". (SQLSTATE 42703)',
    );
    await connection.execute("INSERT INTO refused VALUES ('a')");
    expect(await refuse(connection.execute("INSERT INTO refused VALUES ($1)", ["a"]))).toBe(
      'duplicate key value violates unique constraint "refused_title_key"; detail: Key (title)=(a) already exists. (SQLSTATE 23505)',
    );
    expect(await refuse(connection.query("SELECT $1::int AS n", ["x"]))).toBe(
      'invalid input syntax for type integer: "x" (SQLSTATE 22P02)',
    );
    expect(await connection.query("SELECT 1 AS one")).toStrictEqual([{ one: 1 }]);
  });

  it("a transaction is one session's, and what is rolled back is gone", async () => {
    const connection = connect();
    await connection.execute("DROP TABLE IF EXISTS rolled");
    await connection.execute("BEGIN");
    await connection.execute("CREATE TABLE rolled (id int)");
    await connection.execute("INSERT INTO rolled VALUES (1)");
    expect(await connection.query("SELECT id FROM rolled")).toStrictEqual([{ id: 1 }]);
    await connection.execute("ROLLBACK");
    expect(await connection.query("SELECT to_regclass('rolled') AS rolled")).toStrictEqual([{ rolled: null }]);
  });

  it("indexes may be built beside writers, outside any transaction", async () => {
    const connection = connect();
    await connection.execute("DROP TABLE IF EXISTS busy");
    await connection.execute("CREATE TABLE busy (id int)");
    await connection.execute("CREATE INDEX CONCURRENTLY busy_id ON busy (id)");
    expect(
      await connection.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'busy_id'::regclass"),
    ).toStrictEqual([{ indisvalid: true }]);
  });

  it("all sessions speak of time in UTC", async () => {
    expect(await connect().query("SELECT current_setting('TimeZone') AS zone")).toStrictEqual([{ zone: "UTC" }]);
  });
}
