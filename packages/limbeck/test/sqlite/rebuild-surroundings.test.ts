import { describe, expect, it } from "vitest";
import { OLDEST_VERSION } from "../../src/dialects/sqlite/capabilities.ts";
import type { Operation, TableOperation } from "../../src/ops/operation.ts";
import type { Column } from "../../src/schema/model/column.ts";
import { openScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";

const plain = (name: string, kind: "text" | "integer" = "text"): Column => ({ name, type: { kind }, nullable: true });

const lengthen = (name: string, table = "t"): TableOperation => ({
  kind: "alterColumn",
  table,
  from: plain(name),
  to: { ...plain(name), type: { kind: "varchar", length: 9 } },
});

const batch = (...operations: readonly TableOperation[]): Operation => ({ kind: "alterTable", table: "t", operations });

async function readText(database: ScratchDatabase): Promise<unknown> {
  return database.rows("SELECT type, name, tbl_name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name");
}

describe.each([["3.53", undefined] as const, ["3.40", OLDEST_VERSION] as const])(
  "a rebuild, SQLite %s",
  (_name, version) => {
    it("keeps what ANALYZE found out", async () => {
      const database = await openScratchDatabase(
        `CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b INTEGER, UNIQUE (b));
       CREATE INDEX ix ON t (a);
       CREATE TABLE other (a); CREATE INDEX ix_other ON other (a);
       INSERT INTO t (a, b) VALUES ('x', 1), ('x', 2), ('y', 3); INSERT INTO other VALUES (1);
       ANALYZE`,
        version,
      );
      const query = "SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY tbl, idx";
      const found = await database.rows(query);
      expect(found).toHaveLength(3);
      await database.run(lengthen("a"));
      expect(await database.rows(query)).toEqual(found);
      expect(await database.rows("SELECT name, seq FROM sqlite_sequence")).toEqual([["t", 3]]);
    });

    it("stops before a temporary trigger would vanish", async () => {
      const database = await openScratchDatabase(
        `CREATE TABLE t (a TEXT); CREATE TABLE log (a);
       CREATE TEMP TRIGGER tr AFTER INSERT ON main.t BEGIN INSERT INTO log VALUES (new.a); END`,
        version,
      );
      await expect(database.run(lengthen("a"))).rejects.toThrow(
        /t has an index or a trigger that a rebuild would lose, because it is temporary.*"temporary trigger","name":"tr"/,
      );
      await database.connection.execute("INSERT INTO t VALUES ('x')");
      expect(await database.rows("SELECT a FROM log")).toEqual([["x"]]);
    });

    it("passes a temporary trigger of another table", async () => {
      const database = await openScratchDatabase(
        `CREATE TABLE t (a TEXT); CREATE TABLE log (a);
       CREATE TEMP TRIGGER tr AFTER INSERT ON log BEGIN DELETE FROM t; END;
       INSERT INTO t VALUES ('x')`,
        version,
      );
      await database.run(lengthen("a"));
      await database.connection.execute("INSERT INTO log VALUES (1)");
      expect(await database.rows("SELECT count(*) FROM t")).toEqual([[0]]);
    });

    it("takes no name of a table, view or index that is there", async () => {
      const database = await openScratchDatabase(
        `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, c TEXT);
       CREATE TABLE _limbeck_new_t (a TEXT, CHECK (_limbeck_new_t.a <> ''));
       CREATE TABLE __LIMBECK_NEW_T (a TEXT);
       CREATE VIEW _limbeck_old_t AS SELECT a AS c FROM t;
       CREATE INDEX _limbeck_probe_t ON t (a);
       INSERT INTO t VALUES (1, 'x', 'y'); INSERT INTO _limbeck_new_t VALUES ('mine')`,
        version,
      );
      const objects = await readText(database);
      await database.run(batch(lengthen("a"), { kind: "dropColumn", table: "t", column: plain("c") }));
      expect(await readText(database)).toEqual(objects);
      expect(await database.rows("SELECT t.id, t.a, mine.a AS b FROM t, _limbeck_new_t AS mine")).toEqual([
        [1, "x", "mine"],
      ]);
      expect(await database.rows("SELECT * FROM _limbeck_old_t")).toEqual([["x"]]);
      await database.run(lengthen("a", "_limbeck_new_t"));
      expect(await database.rows("SELECT * FROM _limbeck_new_t")).toEqual([["mine"]]);
    });

    it("overwrites no column that is called as it would call its own", async () => {
      const database = await openScratchDatabase(
        `CREATE TABLE t (a TEXT, b TEXT, _limbeck_a TEXT, _LIMBECK_B TEXT, _limbeck_rowid TEXT, CHECK (t.a <> ''));
       INSERT INTO t (rowid, a, b, _limbeck_a, _LIMBECK_B, _limbeck_rowid) VALUES (7, 'a', 'b', 'own a', 'own b', 'own rowid')`,
        version,
      );
      const rename = (from: string, to: string): TableOperation => ({ kind: "renameColumn", table: "t", from, to });
      await database.run(batch(lengthen("_limbeck_a"), rename("a", "x"), rename("b", "a"), rename("x", "b")));
      const query = "SELECT rowid, a, b, _limbeck_a, _limbeck_b, _limbeck_rowid FROM t";
      expect(await database.rows(query)).toEqual([[7, "b", "a", "own a", "own b", "own rowid"]]);
      await database.run(
        batch(lengthen("_limbeck_rowid"), rename("b", "other"), { kind: "addColumn", table: "t", column: plain("B") }),
      );
      expect(await database.rows("SELECT other, b, _limbeck_b FROM t")).toEqual([["a", null, "own b"]]);
    });

    it("drops a CHECK that names the table, and adds one", async () => {
      const database = await openScratchDatabase(
        "CREATE TABLE t (a TEXT, CONSTRAINT own CHECK (t.a <> '')); INSERT INTO t VALUES ('x')",
        version,
      );
      const constraint = { kind: "check", name: "own", expression: "t.a <> ''" } as const;
      await database.run(batch(lengthen("a"), { kind: "dropConstraint", table: "t", constraint }));
      await database.run(batch({ kind: "addConstraint", table: "t", constraint }));
      expect((await database.introspect()).tables[0]?.constraints).toEqual([constraint]);
      expect(await database.rows("SELECT a FROM t")).toEqual([["x"]]);
    });
  },
);

describe("a column that becomes the rowid", () => {
  const id = (sql: string): Column => ({ name: "id", type: { kind: "raw", sql }, nullable: true });
  const become = (from: Column): Operation =>
    batch({ kind: "alterColumn", table: "t", from, to: plain("id", "integer") });

  it.each([
    ["INT PRIMARY KEY", "NULL", /some rows of t have no id/],
    ["INT PRIMARY KEY", "'abc'", /some values of t.id cannot be kept as integer/],
    ["INT PRIMARY KEY", "1.5", /some values of t.id cannot be kept as integer/],
    ["INT PRIMARY KEY", "x'31'", /some values of t.id cannot be kept as integer/],
  ])("%s refuses %s", async (declared, value, message) => {
    const database = await openScratchDatabase(
      `CREATE TABLE t (id ${declared}, a); INSERT INTO t VALUES (${value}, 'x'), (9, 'y')`,
    );
    await expect(database.run(become(id("INT")))).rejects.toThrow(message);
    expect(await database.rows("SELECT count(*) FROM t WHERE id = 9")).toEqual([[1]]);
  });

  it("refuses NULL also where the key is new", async () => {
    const database = await openScratchDatabase("CREATE TABLE t (id INTEGER, a); INSERT INTO t VALUES (NULL, 'x')");
    const constraint = { kind: "primaryKey", columns: ["id"] } as const;
    await expect(database.run({ kind: "addConstraint", table: "t", constraint })).rejects.toThrow(
      /some rows of t have no id/,
    );
  });

  it("keeps the numbers that are there", async () => {
    const database = await openScratchDatabase(
      "CREATE TABLE t (id INT PRIMARY KEY, a); INSERT INTO t VALUES (5, 'x'), (3, 'y')",
    );
    await database.run(become(id("INT")));
    expect(await database.rows("SELECT rowid AS number, id, a FROM t ORDER BY a")).toEqual([
      [5, 5, "x"],
      [3, 3, "y"],
    ]);
  });
});

describe("a table that becomes STRICT", () => {
  const strict: Operation = { kind: "setTableOptions", table: "t", from: null, to: { sqlite: { strict: true } } };

  it.each([
    ["INTEGER", "'abc'"],
    ["REAL", "'abc'"],
    ["TEXT", "x'61'"],
    ["BLOB", "'abc'"],
  ])("stops at values that its %s columns would not take: %s", async (declared, value) => {
    const database = await openScratchDatabase(`CREATE TABLE t (c ${declared}); INSERT INTO t VALUES (${value})`);
    await expect(database.run(strict)).rejects.toThrow(/some values of t.c cannot be kept as/);
  });

  it("and one that no longer is stops where ANY held text that would become a number", async () => {
    const database = await openScratchDatabase("CREATE TABLE t (c ANY) STRICT; INSERT INTO t VALUES ('007'), (7)");
    const loose: Operation = { kind: "setTableOptions", table: "t", from: { sqlite: { strict: true } }, to: null };
    await expect(database.run(loose)).rejects.toThrow(/some values of t.c cannot be kept as ANY/);
  });
});
