import { expect } from "vitest";
import type { Row } from "../../../src/dialect/connection.ts";
import { onMemory } from "./on-memory.ts";
import { behaves, type Subject } from "./subject.ts";

const SETUP = [
  "CREATE TABLE t (id INTEGER PRIMARY KEY, b BOOLEAN, d DECIMAL(6,2), j JSON, g BOOLEAN AS (b) STORED)",
  "CREATE TABLE u (tid INTEGER, at TIMESTAMP, big BIGINT)",
  "CREATE TABLE s (b INTEGER, j TEXT) STRICT",
  "CREATE VIEW v AS SELECT id AS vid, b AS vb, b + 0 AS expression FROM t",
  "CREATE VIEW w AS SELECT * FROM v",
  "INSERT INTO t (id, b, d, j) VALUES (1, 1, 2.5, '[1]')",
  "INSERT INTO u VALUES (1, '2026-01-01 00:00:00', 3)",
  "INSERT INTO s VALUES (1, '[1]')",
];

const KNOWN: readonly (readonly [string, Row])[] = [
  ["SELECT * FROM t", { id: 1, b: true, d: "2.50", j: [1], g: true }],
  ["SELECT b AS x, j y FROM t", { x: true, y: [1] }],
  ["SELECT t.b, u.at, u.big FROM t JOIN u ON u.tid = t.id", { b: true, at: new Date("2026-01-01Z"), big: 3n }],
  ["SELECT * FROM w", { vid: 1, vb: true, expression: 1 }],
  ["SELECT b FROM (SELECT b FROM t LIMIT 1)", { b: true }],
  ["WITH c AS (SELECT b FROM t) SELECT * FROM c", { b: true }],
  ["SELECT b FROM t UNION SELECT b FROM t", { b: true }],
  ["SELECT (SELECT b FROM t) AS x", { x: true }],
  ["INSERT INTO t (b, j) VALUES (0, '{}') RETURNING *", { id: 2, b: false, d: null, j: {}, g: false }],
  ["UPDATE t SET b = 0 RETURNING b AS x, j", { x: false, j: [1] }],
  ["DELETE FROM t RETURNING b, d", { b: true, d: "2.50" }],
  ["REPLACE INTO t (id, b) VALUES (1, 0) RETURNING t.b", { b: false }],
];

const UNKNOWN: readonly (readonly [string, Row])[] = [
  ["SELECT max(b) AS x, coalesce(j, '') AS y, d * 1 AS z FROM t", { x: 1, y: "[1]", z: 2.5 }],
  ["SELECT CAST(b AS BOOLEAN) AS x FROM t", { x: 1 }],
  ["UPDATE t SET b = 0 RETURNING b + 0 AS x", { x: 0 }],
  ["SELECT b, j FROM s", { b: 1, j: "[1]" }],
];

/** By which type a value is decoded. */
export function testDeclaredTypes(subject: Subject): void {
  for (const [sql, row] of KNOWN) {
    behaves(subject, `the declared type is known: ${sql}`, () =>
      onMemory(subject, SETUP, async (connection) => expect(await connection.query(sql)).toStrictEqual([row])),
    );
  }

  behaves(subject, "the declared type is not known of expressions and in STRICT tables", async () => {
    for (const [sql, row] of UNKNOWN) {
      await onMemory(subject, SETUP, async (connection) => expect(await connection.query(sql)).toStrictEqual([row]));
    }
  });

  behaves(subject, "declared types are read anew after the table changed", () =>
    onMemory(subject, SETUP, async (connection) => {
      const sql = "SELECT * FROM u";
      await connection.query(sql);
      await connection.execute("ALTER TABLE u ADD COLUMN ok BOOLEAN DEFAULT 1");
      const row = { tid: 1, at: new Date("2026-01-01Z"), big: 3n, ok: true };
      expect(await connection.query(sql)).toStrictEqual([row]);
    }),
  );

  behaves(subject, "of two columns with one name the last one counts, and __proto__ is a name like others", () =>
    onMemory(subject, SETUP, async (connection) => {
      const [row] = await connection.query("SELECT 1 AS __proto__, 2 AS a, b AS a FROM t");
      expect(Object.entries(row ?? {})).toEqual([
        ["__proto__", 1],
        ["a", true],
      ]);
    }),
  );
}
