import { describe, expect, it } from "vitest";
import { sqlite } from "../../dialects/sqlite/index.ts";
import { compareRows, type RowChange } from "./compare-rows.ts";
import { readRows } from "./read-rows.ts";

/** What differs after some statements. */
async function change(table: string, ...statements: readonly string[]): Promise<readonly RowChange[]> {
  const connection = await sqlite.openScratch();
  await connection.execute(`CREATE TABLE t ${table}`);
  await connection.execute("INSERT INTO t VALUES (1, 'a', x'00ff'), (2, 'b', 2.5), (3, NULL, '3')");
  const read = async () => readRows(connection, sqlite, (await sqlite.introspect(connection)).schema);
  const before = await read();
  for (const sql of statements) await connection.execute(sql);
  const changes = compareRows(before, await read());
  await connection.close();
  return changes;
}

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
