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
  });

  it("ignores SQLite's own tables, which the client writes into the schema of a database", () => {
    expect(purposes("CREATE TABLE sqlite_sequence(name,seq); CREATE TABLE sqlite_stat1(tbl,idx,stat)")).toEqual([
      "ignored",
      "ignored",
    ]);
    expect(purposes('CREATE TABLE "sqlites" (a)')).toEqual(["schema"]);
  });

  it("keeps statement and line", () => {
    expect(splitScript("-- a\nCREATE TABLE t (\n  a -- ; b\n);\n\nDROP TABLE t;")).toEqual([
      { sql: "CREATE TABLE t (\n  a -- ; b\n)", line: 2, purpose: "schema" },
      { sql: "DROP TABLE t", line: 6, purpose: "schema" },
    ]);
  });
});
