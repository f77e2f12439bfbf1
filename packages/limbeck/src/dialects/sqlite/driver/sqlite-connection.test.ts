import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConnectionError } from "../../../kernel/errors/connection-errors.ts";
import type { SqlValue } from "../../../ops/operation.ts";
import { nodeSqlite } from "./node-sqlite.ts";
import { SqliteConnection } from "./sqlite-connection.ts";

let connection: SqliteConnection;

beforeEach(() => {
  connection = new SqliteConnection(nodeSqlite.open(":memory:", { readOnly: false, busyTimeout: 0 }), ":memory:");
});

afterEach(() => connection.close());

const run = async (...statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await connection.execute(statement);
};

describe("a value's way to the database and back", () => {
  const year = { min: new Date("0000-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z") };
  const decimalText = fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 99 }))
    .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, "0")}`);
  const types: readonly (readonly [string, fc.Arbitrary<SqlValue>])[] = [
    ["BOOLEAN", fc.boolean()],
    ["TIMESTAMP WITH TIME ZONE", fc.date({ noInvalidDate: true, ...year })],
    ["TIMESTAMP", fc.date({ noInvalidDate: true, ...year })],
    ["DATE", fc.date({ noInvalidDate: true, ...year }).map((date) => date.toISOString().slice(0, 10))],
    ["TIME", fc.constantFrom("00:00:00", "23:59:59.999")],
    ["DECIMAL_TEXT(20,2)", decimalText],
    [
      "DECIMAL(15,2)",
      fc
        .integer({ min: -999_999_999, max: 999_999_999 })
        .map((cents) => (cents / 100).toFixed(2).replace(/^-0.00$/, "0.00")),
    ],
    ["BIGINT", fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
    ["INTEGER", fc.maxSafeInteger()],
    [
      "JSON",
      fc
        .oneof(
          fc.object({
            values: [
              fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
              fc.integer(),
              fc.boolean(),
              fc.constant(null),
            ],
          }),
          fc.array(fc.jsonValue()),
        )
        .map((value) => JSON.parse(JSON.stringify(value)) as SqlValue)
        .filter((value) => JSON.stringify(value).isWellFormed()),
    ],
    ["UUID", fc.uuid()],
    ["BLOB", fc.uint8Array()],
    ["TEXT", fc.string({ unit: "binary" })],
    ["VARCHAR(9)", fc.constantFrom("", "1", "1e5", "0x10", " 1 ", "\0", "a\0b", "'", '"', "\u{1F600}", "007", "NULL")],
    ["DOUBLE", fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value))],
  ];

  it.each(types)("%s", async (type, values) => {
    await run(`CREATE TABLE t (id INTEGER PRIMARY KEY, v ${type})`);
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        await connection.execute("DELETE FROM t");
        expect(await connection.execute("INSERT INTO t (v) VALUES (?)", [value])).toBe(1);
        const [row] = await connection.query("SELECT v FROM t");
        expect(row).toStrictEqual({ v: value });
        expect(await connection.query("SELECT count(*) AS n FROM t WHERE v = ?", [value])).toStrictEqual([{ n: 1 }]);
      }),
    );
  });

  it("knows the numbers of DDL as the codec does", async () => {
    await run("CREATE TABLE t (a, b TEXT)");
    await connection.execute("INSERT INTO t VALUES (?, ?)", [1, 1]);
    expect(await connection.query("SELECT typeof(a) AS a, b FROM t")).toStrictEqual([{ a: "integer", b: "1" }]);
  });
});

describe("parameters", () => {
  beforeEach(() =>
    run("CREATE TABLE t (id INTEGER PRIMARY KEY, d TIMESTAMP, j JSON)", "INSERT INTO t (id) VALUES (1), (2)"),
  );

  it("go by position also when the first is a Date or an object", async () => {
    const date = new Date("2026-01-02T03:04:05.678Z");
    expect(await connection.execute("UPDATE t SET d=? WHERE id=?", [date, 1])).toBe(1);
    expect(await connection.execute("UPDATE t SET j=? WHERE id=?", [{ id: 2 }, 1])).toBe(1);
    expect(await connection.query("SELECT * FROM t WHERE id=1")).toStrictEqual([{ id: 1, d: date, j: { id: 2 } }]);
  });

  it.each([
    ["SELECT ?, ?", [1]],
    ["SELECT ?", []],
    ["SELECT ?", [1, 2]],
    ["SELECT 1", [1]],
    ["SELECT '?' AS \"id?\", /* ? */ ? -- ?", [1, 2]],
  ])("must be as many as there are placeholders: %s", async (sql, values) => {
    await expect(connection.query(sql, values)).rejects.toThrow(/LB0616/);
    await expect(connection.execute(sql, values)).rejects.toThrow(/LB0616/);
  });

  it.each(["SELECT :a", "SELECT @a", "SELECT $a", "SELECT ?1"])("are refused by name or number: %s", async (sql) => {
    await expect(connection.query(sql, [1])).rejects.toThrow(/LB0613/);
  });

  it("are not seen in strings, names and comments", async () => {
    expect(await connection.query("SELECT ':a?' AS \"?b\", ? AS c /* $d */", [7])).toStrictEqual([
      { "?b": ":a?", c: 7 },
    ]);
  });

  it("that can't be encoded reject, and nothing runs", async () => {
    await expect(connection.execute("DELETE FROM t WHERE id=?", [undefined as unknown as SqlValue])).rejects.toThrow(
      ConnectionError,
    );
    expect(await connection.query("SELECT count(*) AS n FROM t")).toStrictEqual([{ n: 2 }]);
  });
});

describe("execute", () => {
  it("counts the rows that this statement changed, and no others", async () => {
    await run("CREATE TABLE t (a)");
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
  });

  it("may be repeated, also after the table changed", async () => {
    await run("CREATE TABLE t (a)", "CREATE TABLE u (a)", "INSERT INTO u VALUES (7)");
    const copy = "INSERT INTO t SELECT * FROM u";
    expect(await connection.execute(copy)).toBe(1);
    await run("ALTER TABLE t ADD COLUMN b", "ALTER TABLE u ADD COLUMN b DEFAULT 8");
    expect(await connection.execute(copy)).toBe(1);
    await run("DROP TABLE u");
    await expect(connection.execute(copy)).rejects.toThrow("no such table");
    expect(await connection.query("SELECT * FROM t")).toStrictEqual([
      { a: 7, b: null },
      { a: 7, b: 8 },
    ]);
    for (let a = 0; a < 40; a += 1) expect(await connection.execute(`UPDATE t SET a = ${a} WHERE b = ?`, [8])).toBe(1);
    for (let a = 0; a < 40; a += 1) expect(await connection.execute("UPDATE t SET a = ? WHERE b = ?", [a, 8])).toBe(1);
  });

  it("runs a SELECT to its last row", async () => {
    await run("CREATE TABLE t (a)", "INSERT INTO t VALUES ('[1]'), ('[')");
    await expect(connection.execute("SELECT json_extract(a, '$[0]') FROM t")).rejects.toThrow("malformed JSON");
  });

  it("refuses a second statement instead of ignoring it", async () => {
    await run("CREATE TABLE t (a)");
    await expect(connection.execute("INSERT INTO t VALUES (1); DROP TABLE t")).rejects.toThrow(/LB0613.*2 statements/);
    expect(await connection.query("SELECT count(*) AS n FROM t;")).toStrictEqual([{ n: 0 }]);
    expect(await connection.execute("INSERT INTO t VALUES (';'); -- ; \n;")).toBe(1);
    await run("CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; SELECT CASE WHEN 1 THEN 2 END; END;");
    expect(await connection.execute("INSERT INTO t VALUES (1)")).toBe(1);
    expect(await connection.query("SELECT * FROM t")).toStrictEqual([]);
  });

  it("refuses a zero byte, where SQLite would stop reading", async () => {
    await run("CREATE TABLE t (a)", "INSERT INTO t VALUES (1)");
    await expect(connection.execute("DELETE FROM t\0 WHERE a = 2")).rejects.toThrow(/LB0613/);
    expect(await connection.query("SELECT * FROM t")).toStrictEqual([{ a: 1 }]);
  });

  it.each(["", " ; ", "-- nothing"])("refuses a text without a statement: %j", async (sql) => {
    await expect(connection.execute(sql)).rejects.toThrow(/LB0613/);
  });

  it("rejects with the engine's error", async () => {
    await expect(connection.execute("SELECT * FROM missing")).rejects.toThrow("no such table: missing");
  });
});

describe("declared types", () => {
  beforeEach(() =>
    run(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, b BOOLEAN, d DECIMAL(6,2), j JSON, g BOOLEAN AS (b) STORED)",
      "CREATE TABLE u (tid INTEGER, at TIMESTAMP, big BIGINT)",
      "CREATE TABLE s (b INTEGER, j TEXT) STRICT",
      "CREATE VIEW v AS SELECT id AS vid, b AS vb, b + 0 AS expression FROM t",
      "CREATE VIEW w AS SELECT * FROM v",
      "INSERT INTO t (id, b, d, j) VALUES (1, 1, 2.5, '[1]')",
      "INSERT INTO u VALUES (1, '2026-01-01 00:00:00', 3)",
      "INSERT INTO s VALUES (1, '[1]')",
    ),
  );

  it.each<readonly [string, Record<string, SqlValue>]>([
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
  ])("are known of %s", async (sql, row) => {
    expect(await connection.query(sql)).toStrictEqual([row]);
  });

  it.each<readonly [string, Record<string, SqlValue>]>([
    ["SELECT max(b) AS x, coalesce(j, '') AS y, d * 1 AS z FROM t", { x: 1, y: "[1]", z: 2.5 }],
    ["SELECT CAST(b AS BOOLEAN) AS x FROM t", { x: 1 }],
    ["UPDATE t SET b = 0 RETURNING b + 0 AS x", { x: 0 }],
    ["SELECT b, j FROM s", { b: 1, j: "[1]" }],
    ["SELECT 9007199254740993 AS x, 1 AS y", { x: 9007199254740993n, y: 1 }],
  ])("are not known of expressions and in STRICT tables: %s", async (sql, row) => {
    expect(await connection.query(sql)).toStrictEqual([row]);
  });

  it("are read anew after the table changed", async () => {
    const sql = "SELECT * FROM u";
    await connection.query(sql);
    await run("ALTER TABLE u ADD COLUMN ok BOOLEAN DEFAULT 1");
    expect(await connection.query(sql)).toStrictEqual([{ tid: 1, at: new Date("2026-01-01Z"), big: 3n, ok: true }]);
  });

  it("don't keep a column named __proto__ from being one", async () => {
    const [row] = await connection.query("SELECT 1 AS __proto__");
    expect(Object.keys(row ?? {})).toEqual(["__proto__"]);
  });
});

describe("close", () => {
  it("may be called twice, and ends everything", async () => {
    await connection.close();
    await connection.close();
    await expect(connection.query("SELECT 1")).rejects.toThrow(/LB0610/);
  });
});
