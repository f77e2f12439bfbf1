import { describe, expect, it } from "vitest";
import { splitScript } from "./split-script.ts";

const purposes = (script: string): readonly string[] => splitScript(script).map(({ purpose }) => purpose);

describe("splitScript", () => {
  it("tells statements about the schema from those about rows, settings and transactions", () => {
    expect(purposes("CREATE TABLE t (a); /* x */ alter table t add b; DROP VIEW v")).toEqual([
      "schema",
      "schema",
      "schema",
    ]);
    expect(purposes("INSERT INTO t VALUES (1); PRAGMA foreign_keys=ON; SELECT 1; ATTACH 'b' AS b")).toEqual(
      Array.from({ length: 4 }, () => "other"),
    );
  });

  it("knows what begins and ends transactions, and savepoints, which do not", () => {
    expect(purposes("BEGIN; begin immediate transaction; COMMIT; END TRANSACTION; /* x */ ROLLBACK")).toEqual(
      Array.from({ length: 5 }, () => "transaction"),
    );
    expect(purposes("SAVEPOINT a; ROLLBACK TRANSACTION TO a; ROLLBACK TO SAVEPOINT a; RELEASE a")).toEqual(
      Array.from({ length: 4 }, () => "other"),
    );
  });

  it("counts what is temporary as no part of the schema", () => {
    expect(purposes("CREATE TEMP TABLE t (a); create temporary view v as select 1")).toEqual(["other", "other"]);
    expect(
      purposes(`CREATE TABLE temp.t (a); CREATE TABLE IF NOT EXISTS "Temp" . t (a); CREATE UNIQUE INDEX temp.i ON t (a);
        CREATE TRIGGER temp.tr AFTER INSERT ON t BEGIN SELECT 1; END; CREATE VIRTUAL TABLE temp.f USING fts5(a);
        DROP TABLE IF EXISTS temp.t; ALTER TABLE temp.t ADD b; DROP VIEW attached.v`),
    ).toEqual(Array.from({ length: 8 }, () => "other"));
    expect(purposes('CREATE TABLE main.t (a); CREATE INDEX "MAIN".i ON t (a); CREATE TABLE temp (a)')).toEqual(
      Array.from({ length: 3 }, () => "schema"),
    );
  });

  it("ignores SQLite's own tables, which the client writes into the schema of a database", () => {
    expect(purposes("CREATE TABLE sqlite_sequence(name,seq); CREATE TABLE sqlite_stat1(tbl,idx,stat)")).toEqual([
      "ignored",
      "ignored",
    ]);
    expect(
      purposes("CREATE TABLE IF NOT EXISTS sqlite_stat1(tbl,idx,stat); CREATE TABLE main.sqlite_sequence(name,seq)"),
    ).toEqual(["ignored", "ignored"]);
    expect(purposes('CREATE TABLE "sqlites" (a)')).toEqual(["schema"]);
  });

  it("ignores the tables in which virtual ones keep their data, where the virtual one stands before them", () => {
    const dump = `CREATE VIRTUAL TABLE ft USING fts5(a); CREATE TABLE IF NOT EXISTS 'ft_data'(id, block); CREATE TABLE ft_more(a);
      CREATE VIRTUAL TABLE IF NOT EXISTS main."Box" USING rtree(id, x, y); CREATE TABLE IF NOT EXISTS "box_node"(nodeno, data);
      CREATE TABLE ft_node(a); DROP TABLE ft_data`;
    expect(purposes(dump)).toEqual(["schema", "ignored", "schema", "schema", "ignored", "schema", "schema"]);
    expect(purposes("CREATE TABLE ft_data(a); CREATE VIRTUAL TABLE ft USING fts5(a)")).toEqual(["schema", "schema"]);
  });

  it("keeps statement and line", () => {
    expect(splitScript("-- a\nCREATE TABLE t (\n  a -- ; b\n);\n\nDROP TABLE t;")).toEqual([
      { sql: "CREATE TABLE t (\n  a -- ; b\n)", line: 2, purpose: "schema" },
      { sql: "DROP TABLE t", line: 6, purpose: "schema" },
    ]);
  });
});
