import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "vitest";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";
import type { ConnectOptions } from "../../../src/dialect/dialect.ts";
import type { Connection } from "../../../src/dialect/connection.ts";
import { openElsewhere } from "../../support/other-process.ts";
import { behaves, type Subject } from "./subject.ts";

/** How a driver opens a file; only where it is the one that opens it. */
export function testOpening(subject: Subject, folder: () => string): void {
  const { driver } = subject;
  const open = (name: string, options: ConnectOptions = {}): Promise<Connection> =>
    sqlite.connect(`sqlite:${join(folder(), name)}`, { driver, ...options });

  behaves(subject, "a database that is missing is created, and nothing beside it", async () => {
    const connection = await open("new.db");
    expect(connection.description).toBe(join(folder(), "new.db"));
    expect(connection.serverVersion).toMatch(/^3\.\d+\.\d+$/);
    await connection.execute("CREATE TABLE t (a)");
    await connection.close();
    expect(readdirSync(folder())).toEqual(["new.db"]);
  });

  behaves(subject, "to read only, none is created, and nothing is written", async () => {
    await expect(open("new.db", { readOnly: true })).rejects.toThrow(/LB0603/);
    expect(readdirSync(folder())).toEqual([]);
    const writer = await open("new.db");
    await writer.execute("CREATE TABLE t (a)");
    await writer.close();
    const reader = await open("new.db", { readOnly: true });
    expect(await reader.query("SELECT * FROM t")).toStrictEqual([]);
    for (const sql of ["CREATE TABLE u (a)", "INSERT INTO t VALUES (1)", "PRAGMA user_version = 1"]) {
      const error: unknown = await reader.execute(sql).catch((caught: unknown) => caught);
      expect(sqlite.describeDatabaseError(error)).toMatch(
        /^attempt to write a readonly database \(SQLite error (8|SQLITE_READONLY)\)$/,
      );
    }
    const copy = await sqlite.openCopy(reader);
    expect(await copy.query("SELECT name FROM sqlite_schema")).toStrictEqual([{ name: "t" }]);
    await copy.close();
    await reader.close();
  });

  behaves(subject, "a file that is no database stays as it is", async () => {
    const text = "just some text, longer than the header of a database would be ".repeat(20);
    writeFileSync(join(folder(), "text.db"), text);
    for (const readOnly of [true, false]) {
      await expect(open("text.db", { readOnly })).rejects.toMatchObject({ code: "LB0607", exitCode: 2 });
    }
    expect(readFileSync(join(folder(), "text.db"), "utf8")).toBe(text);
    expect(readdirSync(folder())).toEqual(["text.db"]);
  });

  behaves(
    subject,
    "a database whose schema the engine cannot read is named, as one of a newer version is",
    async () => {
      const writer = new DatabaseSync(join(folder(), "newer.db"), { defensive: false });
      writer.exec(
        "CREATE TABLE t (a); PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a !!'",
      );
      writer.close();
      for (const readOnly of [true, false]) {
        await expect(open("newer.db", { readOnly })).rejects.toMatchObject({
          code: "LB0608",
          exitCode: 2,
          why: expect.stringContaining("malformed database schema (t)"),
        });
      }
    },
  );

  behaves(subject, "a missing folder, and a folder in place of the file, are named", async () => {
    await expect(open("missing/a.db")).rejects.toMatchObject({ code: "LB0604" });
    await expect(open(".")).rejects.toMatchObject({ code: "LB0605" });
  });

  behaves(subject, "a database that another program keeps locked is waited for no longer than told", async () => {
    const other = openElsewhere(join(folder(), "busy.db"));
    await other.run("CREATE TABLE t (a)");
    const connection = await open("busy.db", { busyTimeout: 60 });
    await other.run("BEGIN EXCLUSIVE");
    await expect(open("busy.db", { busyTimeout: 20 })).rejects.toMatchObject({ code: "LB0609" });
    const start = performance.now();
    const error: unknown = await connection.execute("BEGIN IMMEDIATE").catch((caught: unknown) => caught);
    expect(performance.now() - start).toBeGreaterThan(50);
    expect(sqlite.describeDatabaseError(error)).toMatch(/^database is locked \(SQLite error (5|SQLITE_BUSY)\)$/);
    await other.run("COMMIT");
    expect(await connection.execute("INSERT INTO t VALUES (1)")).toBe(1);
    await connection.close();
    await other.close();
  });

  behaves(subject, "a path is a path, whatever it looks like", async () => {
    for (const name of ["file:a%3Fmode=memory", "a%20b#c", "%25"]) {
      const connection = await open(name);
      await connection.execute("CREATE TABLE t (a)");
      await connection.close();
      expect(existsSync(join(folder(), decodeURIComponent(name)))).toBe(true);
    }
  });

  behaves(subject, "a path may end in a space", async () => {
    await (await open("a.db ")).execute("CREATE TABLE t (a)");
    expect(readdirSync(folder())).toEqual(["a.db "]);
  });

  behaves(subject, "a database in memory is empty each time", async () => {
    const [a, b] = await Promise.all([sqlite.openScratch({ driver }), sqlite.openScratch({ driver })]);
    await a.execute("CREATE TABLE t (a)");
    expect(await b.query("SELECT name FROM sqlite_schema")).toStrictEqual([]);
    expect(a.serverVersion).toBe((await b.query("SELECT sqlite_version() AS v"))[0]?.["v"]);
    await Promise.all([a.close(), b.close()]);
  });

  behaves(subject, "closing rolls back and lets others in", async () => {
    const connection = await open("app.db");
    const other = openElsewhere(join(folder(), "app.db"));
    await connection.execute("CREATE TABLE t (a)");
    await connection.query("SELECT * FROM t");
    await connection.execute("BEGIN EXCLUSIVE");
    await connection.execute("INSERT INTO t VALUES (1)");
    await connection.query("SELECT * FROM t");
    expect(await other.run("SELECT * FROM t")).toBe("database is locked");
    await connection.close();
    expect(await other.run("BEGIN EXCLUSIVE")).toEqual([]);
    expect(await other.run("SELECT * FROM t")).toEqual([]);
    await other.close();
  });
}
