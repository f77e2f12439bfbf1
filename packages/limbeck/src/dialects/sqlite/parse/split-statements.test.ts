import * as fc from "fast-check";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { splitStatements } from "./split-statements.ts";

const split = (script: string): string[] => splitStatements(script).map(({ sql }) => sql);

const STATEMENTS: readonly string[] = [
  "SELECT 1",
  "SELECT ';' AS \"a;b\", [c;d], `e;f` /* ; */ FROM t -- ;\nWHERE 1",
  "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
  "CREATE TEMP TRIGGER IF NOT EXISTS g AFTER INSERT ON t BEGIN\n  SELECT CASE WHEN 1 THEN 2 END; -- END;\n  UPDATE t SET a = CASE a WHEN 1 THEN 2 END;\nEND",
  "create /* x */ temporary trigger g after insert on t begin select '; end;'; end",
  "EXPLAIN CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
  "EXPLAIN QUERY PLAN CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
  "BEGIN",
  "BEGIN IMMEDIATE",
  "END",
  "COMMIT",
  'CREATE TABLE trigger_like ("end" int, b)',
  "INSERT INTO t VALUES ('it''s; fine')",
];

describe("splitStatements", () => {
  it("knows where each statement begins", () => {
    const script = "-- first\nSELECT 1;;\n\n/* second\n */ SELECT\n2 ; SELECT 3;\n\n  SELECT 4 -- end";
    expect(splitStatements(script)).toEqual([
      { sql: "SELECT 1", line: 2 },
      { sql: "SELECT\n2", line: 5 },
      { sql: "SELECT 3", line: 6 },
      { sql: "SELECT 4", line: 8 },
    ]);
  });

  it("finds nothing in a script without statements", () => {
    for (const script of ["", " ; ;", "-- ;", "/* ; */", "\uFEFF"]) expect(split(script)).toEqual([]);
  });

  it("gives back any statements that were joined", () => {
    const separator = fc.constantFrom(";", " ;\n", ";; ", ";-- ;\n", " /* ; ' */; ");
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...STATEMENTS), separator)), (list) => {
        expect(split(list.map(([sql, end]) => sql + end).join(""))).toEqual(list.map(([sql]) => sql));
      }),
    );
  });

  it("gives statements that SQLite runs one by one", () => {
    const script = `CREATE TABLE t (a, b DEFAULT ';');
      CREATE TABLE log (a);
      CREATE TRIGGER g AFTER INSERT ON t WHEN new.a > 1 BEGIN
        INSERT INTO log SELECT CASE WHEN new.a = 2 THEN 'two; END;' ELSE 'more' END;
        UPDATE t SET b = 'seen' WHERE a = new.a;
      END;
      BEGIN; INSERT INTO t (a) VALUES (1); INSERT INTO t (a) VALUES (2); INSERT INTO t (a) VALUES (3); END;`;
    const database = new DatabaseSync(":memory:");
    const statements = split(script);
    for (const sql of statements) database.prepare(sql).run();
    expect(statements).toHaveLength(8);
    expect(database.prepare("SELECT a FROM log").all()).toEqual([{ a: "two; END;" }, { a: "more" }]);
    expect(database.prepare("SELECT b FROM t").all()).toEqual([{ b: ";" }, { b: "seen" }, { b: "seen" }]);
  });

  it.each([
    ["SELECT 1;\nSELECT 'a;\n", "the quotation mark ' begun in line 2"],
    ['SELECT "a', 'the quotation mark " begun in line 1'],
    ["SELECT 1;\n\n/* a", "the comment begun in line 3"],
    ["SELECT 1 -- it's\n; -- /*\n/* b", "the comment begun in line 3"],
    ["SELECT 1;\nCREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1;", "the trigger body begun in line 2"],
    ["CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT CASE WHEN 1 THEN 2 END;", "the trigger body begun in line 1"],
  ])("says what is not closed in %j", (script, message) => {
    expect(() => splitStatements(script)).toThrow(message);
    expect(() => splitStatements(script)).toThrow(/LB0615/);
  });

  it("takes a comment without an end mark in a line of its own", () => {
    expect(split("SELECT 1; -- done")).toEqual(["SELECT 1"]);
    expect(split("SELECT 1; /* done */ -- /*")).toEqual(["SELECT 1"]);
  });

  it("splits long scripts in one pass", () => {
    const script = "INSERT INTO t VALUES (1, 'a;b');\n".repeat(20_000);
    const statements = splitStatements(script);
    expect(statements).toHaveLength(20_000);
    expect(statements.at(-1)?.line).toBe(20_000);
  });
});
