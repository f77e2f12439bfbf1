import { expect } from "vitest";
import { ConnectionError } from "../../../src/kernel/errors/connection-errors.ts";
import type { SqlValue } from "../../../src/ops/operation.ts";
import { onMemory } from "./on-memory.ts";
import { behaves, type Subject } from "./subject.ts";

const TWO_ROWS = ["CREATE TABLE t (id INTEGER PRIMARY KEY, d TIMESTAMP, j JSON)", "INSERT INTO t (id) VALUES (1), (2)"];

const MISMATCHES: readonly (readonly [string, readonly SqlValue[]])[] = [
  ["SELECT ?, ?", [1]],
  ["SELECT ?", []],
  ["SELECT ?", [1, 2]],
  ["SELECT 1", [1]],
  ["SELECT '?' AS \"id?\", /* ? */ ? -- ?", [1, 2]],
];

/** What becomes of parameters. */
export function testParameters(subject: Subject): void {
  behaves(subject, "parameters go by position also when the first is a Date or an object", () =>
    onMemory(subject, TWO_ROWS, async (connection) => {
      const date = new Date("2026-01-02T03:04:05.678Z");
      expect(await connection.execute("UPDATE t SET d=? WHERE id=?", [date, 1])).toBe(1);
      expect(await connection.execute("UPDATE t SET j=? WHERE id=?", [{ id: 2 }, 1])).toBe(1);
      expect(await connection.query("SELECT * FROM t WHERE id=1")).toStrictEqual([{ id: 1, d: date, j: { id: 2 } }]);
      expect(await connection.execute("UPDATE t SET d=?", [null])).toBe(2);
    }),
  );

  behaves(subject, "parameters must be as many as there are placeholders", () =>
    onMemory(subject, [], async (connection) => {
      for (const [sql, values] of MISMATCHES) {
        await expect(connection.query(sql, values)).rejects.toThrow(/LB0616/);
        await expect(connection.execute(sql, values)).rejects.toThrow(/LB0616/);
      }
    }),
  );

  behaves(subject, "parameters by name or number are refused", () =>
    onMemory(subject, [], async (connection) => {
      for (const sql of ["SELECT :a", "SELECT @a", "SELECT $a", "SELECT ?1"]) {
        await expect(connection.query(sql, [1])).rejects.toThrow(/LB0613/);
      }
    }),
  );

  behaves(subject, "placeholders are not seen in strings, names and comments", () =>
    onMemory(subject, [], async (connection) => {
      const sql = "SELECT ':a?' AS \"?b\", ? AS c /* $d */";
      expect(await connection.query(sql, [7])).toStrictEqual([{ "?b": ":a?", c: 7 }]);
      for (const one of ["SELECT ? AS c -- it's", "SELECT -- it's\n? AS c, 'x'", "SELECT /* it's */ ? AS c, 'it''s'"])
        expect(await connection.query(one, [7])).toMatchObject([{ c: 7 }]);
    }),
  );

  behaves(subject, "a value that can't be encoded is refused, and nothing runs", () =>
    onMemory(subject, TWO_ROWS, async (connection) => {
      const nothing = undefined as unknown as SqlValue;
      await expect(connection.execute("DELETE FROM t WHERE id=?", [nothing])).rejects.toThrow(ConnectionError);
      expect(await connection.query("SELECT count(*) AS n FROM t")).toStrictEqual([{ n: 2 }]);
    }),
  );
}

/** What running a statement gives. */
export function testExecution(subject: Subject): void {
  behaves(subject, "a statement counts the rows that it changed itself, and no others", () =>
    onMemory(subject, ["CREATE TABLE t (a)"], async (connection) => {
      expect(await connection.execute("INSERT INTO t VALUES (1), (2), (3)")).toBe(3);
      expect(await connection.execute("CREATE TABLE u (a)")).toBe(0);
      expect(await connection.execute("SELECT a FROM t")).toBe(0);
      expect(await connection.execute("PRAGMA user_version = 3")).toBe(0);
      expect(await connection.execute("-- insert\nDROP TABLE u")).toBe(0);
      expect(await connection.execute("/* x */ UPDATE t SET a = 9 WHERE a > 1")).toBe(2);
      expect(await connection.execute("WITH c AS (SELECT 1) SELECT * FROM c")).toBe(0);
      expect(await connection.execute("WITH c AS (SELECT 9 AS x) DELETE FROM t WHERE a IN (SELECT x FROM c)")).toBe(2);
      expect(await connection.execute("INSERT INTO t VALUES (1), (2) RETURNING a")).toBe(2);
      expect(await connection.execute("REPLACE INTO t VALUES (1)")).toBe(1);
      expect(await connection.query("SELECT count(*) AS n FROM t")).toStrictEqual([{ n: 4 }]);
    }),
  );

  behaves(subject, "a statement that was explained holds on to nothing", () =>
    onMemory(subject, ["CREATE TABLE t (a)", "CREATE TABLE u (a)"], async (connection) => {
      for (const sql of ["SELECT * FROM t", "INSERT INTO t DEFAULT VALUES", "DELETE FROM t"]) {
        await connection.query(`EXPLAIN QUERY PLAN ${sql}`);
        await connection.execute(`/* plan */ explain ${sql}`);
      }
      await connection.execute("DROP TABLE u");
      expect(await connection.query("SELECT name FROM sqlite_schema")).toStrictEqual([{ name: "t" }]);
    }),
  );

  behaves(subject, "a statement may be repeated, also after the table changed", () =>
    onMemory(subject, ["CREATE TABLE t (a)", "CREATE TABLE u (a)", "INSERT INTO u VALUES (7)"], async (connection) => {
      const copy = "INSERT INTO t SELECT * FROM u";
      expect(await connection.execute(copy)).toBe(1);
      await connection.execute("ALTER TABLE t ADD COLUMN b");
      await connection.execute("ALTER TABLE u ADD COLUMN b DEFAULT 8");
      expect(await connection.execute(copy)).toBe(1);
      await connection.execute("DROP TABLE u");
      await expect(connection.execute(copy)).rejects.toThrow("no such table");
      expect(await connection.query("SELECT * FROM t")).toStrictEqual([
        { a: 7, b: null },
        { a: 7, b: 8 },
      ]);
      for (let a = 0; a < 40; a += 1) {
        expect(await connection.execute(`UPDATE t SET a = ${a} WHERE b = ?`, [8])).toBe(1);
        expect(await connection.execute("UPDATE t SET a = ? WHERE b = ?", [a, 8])).toBe(1);
      }
    }),
  );

  behaves(subject, "a SELECT runs to its last row", () =>
    onMemory(subject, ["CREATE TABLE t (a)", "INSERT INTO t VALUES ('[1]'), ('[')"], async (connection) => {
      const sql = "SELECT json_extract(a, '$[0]') FROM t";
      await expect(connection.execute(sql)).rejects.toThrow("malformed JSON");
      // A statement that failed half-way holds nothing on to the table.
      expect(await connection.execute("DROP TABLE t")).toBe(0);
    }),
  );

  behaves(subject, "a query may be a statement that gives no rows", () =>
    onMemory(subject, ["CREATE TABLE t (a)"], async (connection) => {
      expect(await connection.query("INSERT INTO t VALUES (1)")).toStrictEqual([]);
      expect(await connection.query("SELECT * FROM t")).toStrictEqual([{ a: 1 }]);
    }),
  );

  behaves(subject, "a second statement is refused instead of ignored", () =>
    onMemory(subject, ["CREATE TABLE t (a)"], async (connection) => {
      const two = connection.execute("INSERT INTO t VALUES (1); DROP TABLE t");
      await expect(two).rejects.toThrow(/LB0613.*2 statements/);
      expect(await connection.query("SELECT count(*) AS n FROM t;")).toStrictEqual([{ n: 0 }]);
      expect(await connection.execute("INSERT INTO t VALUES (';'); -- ; \n;")).toBe(1);
      const body = "DELETE FROM t; SELECT CASE WHEN 1 THEN 2 END;";
      await connection.execute(`CREATE TRIGGER g AFTER INSERT ON t BEGIN ${body} END;`);
      expect(await connection.execute("INSERT INTO t VALUES (1)")).toBe(1);
      expect(await connection.query("SELECT * FROM t")).toStrictEqual([]);
    }),
  );

  behaves(subject, "a zero byte is refused, where SQLite would stop reading", () =>
    onMemory(subject, ["CREATE TABLE t (a)", "INSERT INTO t VALUES (1)"], async (connection) => {
      await expect(connection.execute("DELETE FROM t\0 WHERE a = 2")).rejects.toThrow(/LB0613/);
      expect(await connection.query("SELECT * FROM t")).toStrictEqual([{ a: 1 }]);
    }),
  );

  behaves(subject, "a text without a statement is refused", () =>
    onMemory(subject, [], async (connection) => {
      for (const sql of ["", " ; ", "-- nothing"]) await expect(connection.execute(sql)).rejects.toThrow(/LB0613/);
    }),
  );

  behaves(subject, "a closed connection may be closed again, and runs nothing", async () => {
    const connection = await subject.connect(":memory:");
    await connection.close();
    await connection.close();
    await expect(connection.query("SELECT 1")).rejects.toThrow(/LB0610/);
  });
}
