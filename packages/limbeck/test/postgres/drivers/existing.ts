import { expect, it } from "vitest";
import { postgres } from "../../../src/dialects/postgres/index.ts";
import type { OwnObject, Subject } from "./subject.ts";

const SETTINGS = "SELECT current_setting('TimeZone') AS zone, current_setting('default_transaction_read_only') AS ro";

/** The zone of sessions that nobody has touched is the machine's. */
const STANDARD = expect.stringMatching(/./);

/** What is owed to somebody else's object. */
export function testExisting(subject: Subject, own: () => OwnObject): void {
  it("is open after we are done with it, and has the settings it had", async () => {
    await own().run("SET TimeZone = 'Europe/Berlin'");
    const connection = await postgres.connect(own().object, { readOnly: true });
    expect(await connection.query(SETTINGS)).toStrictEqual([{ zone: "UTC", ro: "on" }]);
    await connection.close();
    await connection.close();
    await expect(connection.query("SELECT 1")).rejects.toMatchObject({ code: "LB0610" });
    const other = await postgres.connect(own().object);
    expect(await other.query("SELECT 1 AS one")).toStrictEqual([{ one: 1 }]);
    await other.close();
    // Of a pool, one session or another may have been asked.
    await own().run("CREATE TABLE seen AS SELECT current_setting('TimeZone') AS zone");
    const reading = await postgres.connect(own().object);
    const seen = await reading.query("SELECT zone FROM seen");
    await reading.close();
    expect(subject.isSingleSession ? ["Europe/Berlin"] : ["Europe/Berlin", STANDARD]).toContainEqual(seen[0]?.["zone"]);
    await own().run("DROP TABLE seen");
    await own().run("RESET TimeZone");
  });

  it("is not written to where it is only read", async () => {
    const connection = await postgres.connect(own().object, { readOnly: true });
    await expect(connection.execute("CREATE TABLE written (id int)")).rejects.toThrow("read-only transaction");
    await connection.close();
    await own().run("CREATE TABLE written (id int); DROP TABLE written");
  });

  it("is known by a URL without a password", () => {
    expect(postgres.identifyConnection(own().object)).toMatch(/^(?:postgres:\/\/|pglite::memory:)/);
  });

  it("lets one run in at a time", async () => {
    const first = await postgres.acquireLock(own().object, 0);
    await expect(postgres.acquireLock(own().object, 0)).rejects.toMatchObject({ code: "LB0801" });
    const waiting = postgres.acquireLock(own().object, 20_000);
    await first.release();
    const second = await waiting;
    const connection = await second.connect();
    await connection.execute("CREATE TABLE locked (id int)");
    await connection.close();
    await second.erase();
    await second.release();
    const after = await postgres.connect(own().object);
    expect(await after.query("SELECT to_regclass('locked') AS locked")).toStrictEqual([{ locked: null }]);
    // Other databases of the server have locks of their own.
    const held =
      "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    expect(await after.query(held)).toStrictEqual([]);
    await after.close();
  });

  it(`passes on what the server tells: ${subject.passesNotices}`, async () => {
    const heard: string[] = [];
    const connection = await postgres.connect(own().object, { onNotice: ({ message }) => heard.push(message) });
    await connection.execute("DO $$ BEGIN RAISE NOTICE 'said'; END $$");
    await connection.close();
    expect(heard).toEqual(subject.passesNotices ? ["said"] : []);
  });

  if (!subject.isSingleSession) return;
  it("is not touched in the middle of a transaction", async () => {
    await own().run("BEGIN");
    await expect(postgres.connect(own().object)).rejects.toMatchObject({ code: "LB0619" });
    await expect(postgres.acquireLock(own().object, 0)).rejects.toMatchObject({ code: "LB0619" });
    await own()
      .run("SELECT nonsense")
      .catch(() => undefined);
    await expect(postgres.connect(own().object)).rejects.toMatchObject({ code: "LB0619" });
    await expect(postgres.acquireLock(own().object, 0)).rejects.toMatchObject({ code: "LB0619" });
    await own().run("ROLLBACK");
    await (await postgres.connect(own().object)).close();
  });
}
