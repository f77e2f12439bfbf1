import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { runMainJob } from "../support/run-main-job.ts";
import { createMariadbDatabase, requireMariadb, type MariadbDatabase } from "../support/mariadb-server.ts";
import { EXISTING, SUBJECTS, type OwnObject } from "./drivers/subject.ts";

const check = requireMariadb();

const TABLES = "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()";

let database: MariadbDatabase;

beforeEach((context) => check(context));

beforeAll(async () => {
  database = await createMariadbDatabase(
    "CREATE TABLE t (id int PRIMARY KEY, a varchar(9))",
    "INSERT INTO t VALUES (1, 'a')",
  );
});

afterAll(() => database.drop());

describe.each(SUBJECTS)("statements through $name", ({ connect }) => {
  let connection: Connection;

  beforeAll(async () => {
    connection = await connect(database.url);
  });
  afterAll(() => connection.close());

  it("count the rows that they find, whether they change or not", async () => {
    expect(await connection.execute("UPDATE t SET a = 'a'")).toBe(1);
    expect(await connection.execute("SET @a = 1")).toBe(0);
    expect(await connection.execute("SELECT * FROM t")).toBe(0);
  });

  it("are one at a time", async () => {
    await expect(connection.execute("SELECT 1; SELECT 2")).rejects.toThrow("syntax");
  });

  it("give the server's words of what is wrong, and its number", async () => {
    const error: unknown = await connection.query("SELECT nothing FROM t").catch((reason: unknown) => reason);
    expect(mysql.describeDatabaseError(error)).toBe(
      "Unknown column 'nothing' in 'SELECT' (error 1054, SQLSTATE 42S22)",
    );
  });

  it("give the rows of the first query of a procedure, and run it to its end", async () => {
    await connection.execute(
      "CREATE OR REPLACE PROCEDURE two() BEGIN SELECT 1 AS one; INSERT INTO t VALUES (2, 'b'); SELECT 2 AS two; END",
    );
    expect(await connection.query("CALL two()")).toEqual([{ one: 1 }]);
    expect(await connection.execute("DELETE FROM t WHERE id = 2")).toBe(1);
    await connection.execute("CREATE OR REPLACE PROCEDURE none() BEGIN INSERT INTO t VALUES (2, 'b'); END");
    expect(await connection.query("CALL none()")).toEqual([]);
    expect(await connection.execute("DELETE FROM t WHERE id = 2")).toBe(1);
  });

  it("mean what they mean in every session: UTC, strict, and no function's name is a keyword", async () => {
    const [row] = await connection.query(
      "SELECT @@sql_mode AS mode, @@time_zone AS zone, @@character_set_client AS text",
    );
    expect(row).toMatchObject({
      zone: "+00:00",
      text: "utf8mb4",
      mode: expect.stringContaining("STRICT_TRANS_TABLES"),
    });
    expect(row?.["mode"]).not.toContain("IGNORE_SPACE");
  });
});

describe.each(EXISTING)("$name that is handed over", ({ openOwn, isSingleSession, hasScratch }) => {
  let own: OwnObject;

  beforeAll(async () => {
    own = await openOwn(database.url);
  });
  afterAll(() => own.close());

  it("is open after we are done with it, and has the settings it had", async () => {
    if (isSingleSession) await own.run("SET time_zone = '+05:00', sql_mode = 'ANSI_QUOTES'");
    const connection = await mysql.connect(own.object, { readOnly: true });
    await expect(connection.execute("INSERT INTO t VALUES (3, 'c')")).rejects.toThrow("READ ONLY");
    await connection.close();
    await connection.close();
    await expect(connection.query("SELECT 1")).rejects.toMatchObject({ code: "LB0610" });
    await own.run("CREATE TABLE seen AS SELECT @@time_zone AS zone, @@sql_mode AS mode");
    const reading = await mysql.connect(own.object);
    const [row] = await reading.query("SELECT zone, mode FROM seen");
    await reading.close();
    expect(row).toMatchObject(isSingleSession ? { zone: "+05:00", mode: "ANSI_QUOTES" } : { zone: "SYSTEM" });
    await own.run("DROP TABLE seen");
    if (isSingleSession) await own.run("SET time_zone = DEFAULT, sql_mode = DEFAULT");
  });

  it("is told to be closed where it is", async () => {
    const closed = await openOwn(database.url);
    await closed.run("SELECT 1");
    await closed.close();
    await expect(mysql.connect(closed.object)).rejects.toThrow(/closed/i);
  });

  it("is known by a URL without a password", () => {
    expect(mysql.identifyConnection(own.object)).toMatch(/^mysql:\/\//);
  });

  it("lets one run in at a time", async () => {
    const first = await mysql.acquireLock(own.object, 0);
    await expect(mysql.acquireLock(own.object, 0)).rejects.toMatchObject({ code: "LB0801" });
    await first.release();
    const second = await mysql.acquireLock(own.object, 0);
    await second.release();
  });

  it.runIf(isSingleSession)("is not touched in the middle of a transaction", async () => {
    await own.run("START TRANSACTION");
    await own.run("INSERT INTO t VALUES (9, 'x')");
    await expect(mysql.connect(own.object)).rejects.toMatchObject({ code: "LB0619" });
    await own.run("ROLLBACK");
    await (await mysql.connect(own.object)).close();
  });

  it.runIf(hasScratch)("does the main job", { timeout: 60_000 }, async () => {
    const place = await createMariadbDatabase();
    const other = await openOwn(place.url);
    try {
      expect(
        await runMainJob({ config: "", connection: other.object, read: (_, sql) => place.rows(sql), tables: TABLES }),
      ).toBe("done");
    } finally {
      await other.close();
      await place.drop();
    }
  });
});

describe("the main job through mariadb", () => {
  it("is done", { timeout: 60_000 }, async () => {
    const place = await createMariadbDatabase();
    const config = `url: "${place.url}", driver: "mariadb"`;
    expect(await runMainJob({ config, read: (_, sql) => place.rows(sql), tables: TABLES })).toBe("done");
    await place.drop();
  });
});
