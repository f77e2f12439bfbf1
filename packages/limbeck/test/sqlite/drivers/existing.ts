import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { eraseDatabase } from "../../../src/dialects/sqlite/driver/erase-database.ts";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";
import { behaves, type OwnDatabase, type Subject } from "./subject.ts";

const STARTED = ["PRAGMA foreign_keys=OFF", "PRAGMA legacy_alter_table=ON"];

const EVERYTHING = `
  CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT, "a ""b" TEXT);
  CREATE TABLE c (p INTEGER REFERENCES p (id) ON DELETE RESTRICT);
  CREATE INDEX i ON c (p);
  CREATE VIEW v AS SELECT * FROM p;
  CREATE TRIGGER g INSTEAD OF INSERT ON v BEGIN DELETE FROM c; END;
  CREATE TRIGGER h AFTER DELETE ON p BEGIN SELECT RAISE(ABORT, 'kept'); END;
  CREATE VIRTUAL TABLE f USING fts5(body);
  INSERT INTO p VALUES (7, 'x'); INSERT INTO c VALUES (7); INSERT INTO f VALUES ('words');`;

const readSettings = async (own: OwnDatabase): Promise<unknown> => {
  const connection = await sqlite.connect(own, { readOnly: true });
  const keys = await connection.query("PRAGMA foreign_keys");
  return [...keys, ...(await connection.query("PRAGMA legacy_alter_table"))];
};

/** What is owed to somebody else's database. */
export function testExisting(subject: Subject, folder: () => string): void {
  behaves(subject, "is open after we are done with it, and has the settings it had", async () => {
    const own = subject.openOwn(":memory:");
    for (const sql of STARTED) own.exec(sql);
    const before = await readSettings(own);
    const connection = await sqlite.connect(own);
    const { prologue, epilogue } = sqlite.transaction;
    for (const { sql } of [...prologue, ...epilogue]) await connection.execute(sql);
    expect(await readSettings(own)).not.toEqual(before);
    await connection.close();
    expect(await readSettings(own)).toEqual(before);
    own.exec("CREATE TABLE t (a)");
    own.close();
    await connection.close();
  });

  behaves(subject, "is not written to where it is only read, while its owner may go on", async () => {
    const own = subject.openOwn(":memory:");
    own.exec("CREATE TABLE t (a)");
    const connection = await sqlite.connect(own, { readOnly: true });
    await expect(connection.execute("INSERT INTO t VALUES (1)")).rejects.toThrow("readonly");
    await expect(connection.query("INSERT INTO t VALUES (1) RETURNING a")).rejects.toThrow("readonly");
    own.exec("INSERT INTO t VALUES (2)");
    expect(await connection.query("SELECT * FROM t")).toStrictEqual([{ a: 2 }]);
    const copy = await sqlite.openCopy(connection);
    expect(await copy.query("SELECT * FROM t")).toStrictEqual([{ a: 2 }]);
    await copy.close();
    own.exec("BEGIN");
    expect(await connection.query("SELECT * FROM t")).toStrictEqual([{ a: 2 }]);
    own.exec("ROLLBACK");
    own.close();
  });

  behaves(subject, "is not touched in the middle of a transaction, nor when it is closed", async () => {
    const own = subject.openOwn(":memory:");
    own.exec("BEGIN");
    await expect(sqlite.connect(own)).rejects.toMatchObject({ code: "LB0619" });
    await expect(sqlite.acquireLock(own, 0)).rejects.toMatchObject({ code: "LB0619" });
    own.exec("COMMIT");
    await (await sqlite.connect(own)).close();
    own.close();
    await expect(sqlite.connect(own)).rejects.toMatchObject({ code: "LB0610" });
    expect(() => sqlite.identifyConnection(own)).toThrow(/LB0610/);
  });

  behaves(subject, "is not written to where its owner has forbidden it", async () => {
    const own = subject.openOwn(":memory:");
    own.exec("PRAGMA query_only=ON");
    await expect(sqlite.connect(own)).rejects.toMatchObject({ code: "LB0621" });
    const reading = await sqlite.connect(own, { readOnly: true });
    expect(await reading.query("SELECT 1 AS one")).toStrictEqual([{ one: 1 }]);
    await reading.close();
    own.exec("PRAGMA query_only=OFF");
    await (await sqlite.connect(own)).close();
    own.close();
  });

  behaves(subject, "is known by its URL", async () => {
    const path = join(folder(), "100%? a.db");
    const [file, memory] = [subject.openOwn(path), subject.openOwn(":memory:")];
    file.exec("CREATE TABLE t (a)");
    const url = sqlite.identifyConnection(file) ?? "";
    expect(url).toBe(`sqlite:${join(folder(), "100%25%3F a.db")}`);
    expect(sqlite.identifyConnection(memory)).toBe("sqlite::memory:");
    file.close();
    memory.close();
    const connection = await sqlite.connect(url, { driver: subject.driver });
    expect(await connection.query("SELECT name FROM sqlite_schema")).toStrictEqual([{ name: "t" }]);
    await connection.close();
  });

  behaves(subject, "is locked for one run at a time, by its file where it has one", async () => {
    const [file, memory] = [subject.openOwn(join(folder(), "app.db")), subject.openOwn(":memory:")];
    for (const own of [file, memory]) {
      const first = await sqlite.acquireLock(own, 0);
      await expect(sqlite.acquireLock(own, 0)).rejects.toMatchObject({ code: "LB0801" });
      const waiting = sqlite.acquireLock(own, 10_000);
      await first.release();
      const second = await waiting;
      await first.release();
      await expect(sqlite.acquireLock(own, 0)).rejects.toMatchObject({ code: "LB0801" });
      await second.release();
    }
    const lock = await sqlite.acquireLock(file, 0);
    const url = `sqlite:${join(folder(), "app.db")}`;
    await expect(sqlite.acquireLock(url, 0)).rejects.toMatchObject({ code: "LB0801" });
    await lock.release();
    const rest = await sqlite.connect(memory);
    expect(await rest.query("SELECT * FROM sqlite_temp_schema")).toStrictEqual([]);
    await rest.close();
    for (const own of [file, memory]) own.close();
  });

  behaves(subject, "is emptied, and not deleted, when it is erased", async () => {
    const own = subject.openOwn(join(folder(), "app.db"));
    own.exec(EVERYTHING);
    const before = await readSettings(own);
    await eraseDatabase(own);
    expect(readdirSync(folder())).toEqual(["app.db"]);
    const connection = await sqlite.connect(own);
    expect(await connection.query("SELECT name FROM sqlite_schema")).toStrictEqual([{ name: "sqlite_sequence" }]);
    expect(await connection.query("SELECT * FROM sqlite_sequence")).toStrictEqual([]);
    expect(await readSettings(own)).toEqual(before);
    await connection.close();
    own.close();
  });
}
