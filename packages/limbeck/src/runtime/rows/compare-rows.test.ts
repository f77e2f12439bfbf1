import { describe, expect, it } from "vitest";
import type { Connection } from "../../dialect/connection.ts";
import { sqlite } from "../../dialects/sqlite/index.ts";
import { compareRows, type CompareOptions, type RowChange } from "./compare-rows.ts";
import { readRows, type RowSnapshot } from "./read-rows.ts";

async function read(connection: Connection): Promise<RowSnapshot> {
  const { schema, unmanaged } = await sqlite.introspect(connection);
  return readRows(connection, sqlite, await sqlite.rows.listHolders(connection, schema, unmanaged));
}

/** What differs after some statements. */
async function changeOf(
  script: string,
  statements: readonly string[],
  options: CompareOptions = {},
): Promise<readonly RowChange[]> {
  const connection = await sqlite.openScratch();
  for (const { sql } of sqlite.splitScript(script)) await connection.execute(sql);
  const before = await read(connection);
  for (const sql of statements) await connection.execute(sql);
  const after = await read(connection);
  const changes = compareRows(before, after, options);
  for (const { rows } of [...before.values(), ...after.values()]) rows.release();
  await connection.close();
  return changes;
}

/** What differs in a table `t` with three rows after some statements. */
const change = (table: string, ...statements: readonly string[]): Promise<readonly RowChange[]> =>
  changeOf(
    `CREATE TABLE t ${table}; INSERT INTO t VALUES (1, 'a', x'00ff'), (2, 'b', 2.5), (3, NULL, '3')`,
    statements,
  );

const KEYED = "(id INTEGER PRIMARY KEY, a TEXT, b)";
const UNKEYED = "(id INTEGER, a TEXT, b)";

describe("compareRows", () => {
  it("finds nothing where nothing changed, in whatever order the rows come", async () => {
    expect(await change(KEYED)).toEqual([]);
    expect(await change(UNKEYED)).toEqual([]);
    expect(await change("(id TEXT PRIMARY KEY, a TEXT, b)", "UPDATE t SET rowid = 9 - rowid")).toEqual([]);
    expect(await change(UNKEYED, "UPDATE t SET rowid = 9 - rowid")).toEqual([]);
  });

  it("counts rows that are gone, values that differ and rows that are new, by key", async () => {
    expect(
      await change(
        KEYED,
        "DELETE FROM t WHERE id = 1",
        "UPDATE t SET a = 'x'",
        "INSERT INTO t VALUES (4, 'd', NULL), (5, 'e', NULL)",
      ),
    ).toEqual([
      { table: "t", column: null, kind: "lost", rows: 1, of: 3 },
      { table: "t", column: "a", kind: "changed", rows: 2, of: 3 },
      { table: "t", column: null, kind: "added", rows: 2, of: 3 },
    ]);
  });

  it("tells rows without a key by their place, or else by all that they hold", async () => {
    expect(await change(UNKEYED, "UPDATE t SET a = NULL")).toEqual([
      { table: "t", column: "a", kind: "changed", rows: 2, of: 3 },
    ]);
    expect(await change(UNKEYED, "DELETE FROM t WHERE id = 1", "UPDATE t SET a = 'x' WHERE id = 2")).toEqual([
      { table: "t", column: null, kind: "lost", rows: 2, of: 3 },
      { table: "t", column: null, kind: "added", rows: 1, of: 3 },
    ]);
    expect(await change("(id INTEGER, a TEXT, b, PRIMARY KEY (a))", "DELETE FROM t WHERE a = 'a'")).toEqual([
      { table: "t", column: null, kind: "lost", rows: 1, of: 3 },
    ]);
  });

  it("tells a number from a text that looks like it, and one byte from another", async () => {
    expect(await change(KEYED, "UPDATE t SET b = 3 WHERE id = 3")).toMatchObject([{ column: "b", rows: 1 }]);
    expect(await change(KEYED, "UPDATE t SET b = x'00fe' WHERE id = 1")).toMatchObject([{ column: "b", rows: 1 }]);
    expect(await change(KEYED, "UPDATE t SET b = 2.5000001 WHERE id = 2")).toMatchObject([{ column: "b", rows: 1 }]);
  });

  it("tells apart what only looks the same when it is read", async () => {
    const json = "CREATE TABLE t (id INTEGER PRIMARY KEY, a JSON, b TIMESTAMP)";
    const row = `INSERT INTO t VALUES (1, '{"a":1}', '2024-01-01T00:00:00.000Z')`;
    const spelled = await changeOf(`${json}; ${row}`, [`UPDATE t SET a = '{ "a": 1.0 }', b = '2024-01-01 00:00:00'`]);
    expect(spelled).toMatchObject([{ column: "a" }, { column: "b" }]);
    const zero = await changeOf("CREATE TABLE t (a); INSERT INTO t VALUES ('x' || char(0) || 'y')", [
      "UPDATE t SET a = 'x' || char(0) || 'z'",
    ]);
    expect(zero).toMatchObject([{ column: "a", kind: "changed" }]);
  });

  it("counts rows that have another number, and counters that were set back, when it is asked to", async () => {
    const withNumbers = { withNumbers: true };
    const text = "CREATE TABLE t (id TEXT PRIMARY KEY); INSERT INTO t VALUES ('a'), ('b')";
    expect(await changeOf(text, ["UPDATE t SET rowid = 9 WHERE id = 'b'"], withNumbers)).toEqual([
      { table: "t", column: null, kind: "renumbered", rows: 1, of: 2 },
    ]);
    const counting =
      "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a); INSERT INTO t VALUES (1, 'a'), (7, 'b')";
    const setBack = ["DELETE FROM t WHERE id = 7", "UPDATE sqlite_sequence SET seq = 1"];
    expect(await changeOf(counting, setBack, withNumbers)).toEqual([
      { table: "t", column: null, kind: "lost", rows: 1, of: 2 },
      { table: "t", column: null, kind: "counter", rows: 1, of: 2 },
    ]);
    expect(
      await changeOf(counting, ["INSERT INTO t (a) VALUES ('c')", "DELETE FROM t WHERE id = 8"], withNumbers),
    ).toEqual([]);
  });

  it("reads what the schema model cannot hold", async () => {
    const search = "CREATE VIRTUAL TABLE f USING fts5 (a); INSERT INTO f VALUES ('one'), ('two')";
    expect(await changeOf(search, ["DROP TABLE f", "CREATE VIRTUAL TABLE f USING fts5 (a)"])).toEqual([
      { table: "f", column: null, kind: "lost", rows: 2, of: 2 },
    ]);
  });

  it.each([
    ["INTEGER PRIMARY KEY", "told by their key"],
    ["INTEGER", "told by their place"],
    ["TEXT PRIMARY KEY", "told by a key that is not their number"],
  ])("finds the same in tables that do not fit into memory: %s, %s", async (type) => {
    const script = `CREATE TABLE t (id ${type}, a TEXT);
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000) INSERT INTO t SELECT i, 'a' || i FROM n`;
    expect(await changeOf(script, ["UPDATE t SET a = NULL WHERE id % 1000 = 0"])).toEqual([
      { table: "t", column: "a", kind: "changed", rows: 25, of: 25_000 },
    ]);
    // Fewer rows without a key are told by all that they hold; one side then fits into memory, the other does not.
    expect(await changeOf(script, ["DELETE FROM t WHERE id + 0 > 5000"])).toEqual([
      { table: "t", column: null, kind: "lost", rows: 20_000, of: 25_000 },
    ]);
    expect(await changeOf(script, ["DROP TABLE t"])).toMatchObject([{ kind: "lost", rows: 25_000 }]);
  });

  it("counts the values of a column that was dropped and came back empty", async () => {
    expect(await change(KEYED, "ALTER TABLE t DROP COLUMN b", "ALTER TABLE t ADD COLUMN b")).toEqual([
      { table: "t", column: "b", kind: "changed", rows: 3, of: 3 },
    ]);
  });

  it("passes over what is generated", async () => {
    const changes = await change(KEYED, "ALTER TABLE t ADD COLUMN g AS (id + 1)");
    expect(changes).toEqual([]);
  });

  it("counts every row of a table that is gone", async () => {
    expect(await change(KEYED, "DROP TABLE t")).toEqual([{ table: "t", column: null, kind: "lost", rows: 3, of: 3 }]);
  });
});
