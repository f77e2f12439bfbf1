import { COUNT_BROKEN_REFERENCES } from "../../support/count-broken-references.ts";
import { join } from "node:path";
import { expect } from "vitest";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";
import { openElsewhere } from "../../support/other-process.ts";
import { onMemory } from "./on-memory.ts";
import { behaves, type Subject } from "./subject.ts";

/** What the engine says, and the code that the driver gives with it: a number, or its name. */
const ERRORS: readonly (readonly [string, RegExp])[] = [
  ["INSERT INTO t VALUES (1, 1)", /^UNIQUE constraint failed: t\.a \(SQLite error (2067|SQLITE_CONSTRAINT_UNIQUE)\)$/],
  [
    "INSERT INTO t VALUES (2, NULL)",
    /^NOT NULL constraint failed: t\.b \(SQLite error (1299|SQLITE_CONSTRAINT_NOTNULL)\)$/,
  ],
  ["INSERT INTO t VALUES (2, 99)", /^CHECK constraint failed: small \(SQLite error (275|SQLITE_CONSTRAINT_CHECK)\)$/],
  ["INSERT INTO u VALUES (9)", /^FOREIGN KEY constraint failed \(SQLite error (787|SQLITE_CONSTRAINT_FOREIGNKEY)\)$/],
  ["SELECT * FROM missing", /^no such table: missing \(SQLite error (1|SQLITE_ERROR)\)$/],
  ["SELEC 1", /^near "SELEC": syntax error \(SQLite error (1|SQLITE_ERROR)\)$/],
];

const CONSTRAINED = [
  "CREATE TABLE t (a INTEGER UNIQUE, b INTEGER NOT NULL, CONSTRAINT small CHECK (b < 9))",
  "CREATE TABLE u (a INTEGER REFERENCES t (a))",
  "INSERT INTO t VALUES (1, 1)",
];

/** Errors, transactions, and what other connections see of them. */
export function testTransactions(subject: Subject, folder: () => string): void {
  const path = (): string => join(folder(), "app.db");

  behaves(subject, "an error has the engine's words", () =>
    onMemory(subject, CONSTRAINED, async (connection) => {
      for (const [sql, words] of ERRORS) {
        const error: unknown = await connection.execute(sql).catch((caught: unknown) => caught);
        expect(sqlite.describeDatabaseError(error)).toMatch(words);
      }
      expect(await connection.query("SELECT * FROM t")).toStrictEqual([{ a: 1, b: 1 }]);
    }),
  );

  behaves(subject, "foreign keys are enforced, and can be switched off outside a transaction", () =>
    onMemory(subject, CONSTRAINED, async (connection) => {
      expect(await connection.query("PRAGMA foreign_keys")).toStrictEqual([{ foreign_keys: 1 }]);
      for (const { sql } of sqlite.transaction.prologue) await connection.execute(sql);
      expect(await connection.query("PRAGMA foreign_keys")).toStrictEqual([{ foreign_keys: 0 }]);
      expect(await connection.execute("INSERT INTO u VALUES (9)")).toBe(1);
      const violations = await connection.query(COUNT_BROKEN_REFERENCES);
      expect(violations).toStrictEqual([{ table: "u", parent: "t", rows: 1 }]);
    }),
  );

  behaves(subject, "a rollback takes back tables and rows, and leaves the connection usable", () =>
    onMemory(subject, ["CREATE TABLE t (a UNIQUE)"], async (connection) => {
      await connection.execute("BEGIN IMMEDIATE");
      await connection.execute("CREATE TABLE u (a)");
      await connection.execute("ALTER TABLE t ADD COLUMN b");
      await connection.query("INSERT INTO t VALUES (1, 2) RETURNING a");
      await expect(connection.execute("INSERT INTO t VALUES (1, 3)")).rejects.toThrow("UNIQUE");
      await expect(connection.query("INSERT INTO t VALUES (5, 5), (1, 3) RETURNING a")).rejects.toThrow("UNIQUE");
      expect(await connection.query("SELECT a, b FROM t")).toStrictEqual([{ a: 1, b: 2 }]);
      await connection.execute("ROLLBACK");
      expect(await connection.query("SELECT name FROM sqlite_schema WHERE type = 'table'")).toStrictEqual([
        { name: "t" },
      ]);
      expect(await connection.query("SELECT * FROM t")).toStrictEqual([]);
      await connection.execute("BEGIN");
      await connection.execute("COMMIT");
    }),
  );

  behaves(
    subject,
    "what is committed is there for others at once, also after RETURNING and after an error",
    async () => {
      const connection = await subject.connect(path());
      const other = openElsewhere(path());
      await connection.execute("CREATE TABLE t (a UNIQUE)");
      await connection.query("INSERT INTO t VALUES (1), (2) RETURNING a");
      expect(await other.run("SELECT count(*) AS n FROM t")).toEqual([{ n: 2 }]);
      await connection.execute("INSERT INTO t VALUES (3) RETURNING a");
      expect(await other.run("SELECT count(*) AS n FROM t")).toEqual([{ n: 3 }]);
      await connection.execute("BEGIN IMMEDIATE");
      await connection.execute("INSERT INTO t VALUES (4)");
      expect(await other.run("SELECT count(*) AS n FROM t")).toEqual([{ n: 3 }]);
      await expect(connection.query("INSERT INTO t VALUES (5), (4) RETURNING a")).rejects.toThrow("UNIQUE");
      await connection.execute("COMMIT");
      expect(await other.run("SELECT count(*) AS n FROM t")).toEqual([{ n: 4 }]);
      expect(await other.run("INSERT INTO t VALUES (9)")).toEqual([]);
      expect(await connection.query("SELECT count(*) AS n FROM t")).toStrictEqual([{ n: 5 }]);
      await other.close();
      await connection.close();
    },
  );
}
