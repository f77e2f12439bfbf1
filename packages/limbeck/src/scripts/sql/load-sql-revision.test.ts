import { describe, expect, it } from "vitest";
import { sqlite } from "../../dialects/sqlite/index.ts";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import type { LoadedRevision } from "../revision-body.ts";
import { loadSqlRevision } from "./load-sql-revision.ts";

const load = (...lines: readonly string[]): LoadedRevision =>
  loadSqlRevision("/v/a.sql", lines.join("\n"), sqlite.splitScript);

function failure(...lines: readonly string[]): LimbeckError {
  try {
    load(...lines);
  } catch (error) {
    if (error instanceof LimbeckError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

const TRIGGER = "CREATE TRIGGER tr AFTER INSERT ON t BEGIN\n  DELETE FROM t;\n  SELECT 1;\nEND";

describe("loadSqlRevision", () => {
  it("gives the statements of both sections with their lines in the file", () => {
    const { upgrade, downgrade } = load(
      "-- revision: a1",
      "-- limbeck: upgrade",
      "CREATE TABLE t (a); -- the table",
      "",
      `${TRIGGER};`,
      "  -- LIMBECK:downgrade ",
      "DROP TABLE t",
    );
    expect(upgrade).toEqual([
      {
        sql: "CREATE TABLE t (a)",
        location: { path: "/v/a.sql", line: 3, text: "CREATE TABLE t (a); -- the table" },
      },
      { sql: TRIGGER, location: { path: "/v/a.sql", line: 5, text: "CREATE TRIGGER tr AFTER INSERT ON t BEGIN" } },
    ]);
    expect(downgrade).toEqual([
      { sql: "DROP TABLE t", location: { path: "/v/a.sql", line: 10, text: "DROP TABLE t" } },
    ]);
  });

  it("takes what looks like a marker for a part of the value, the comment or the trigger that it stands in", () => {
    const { upgrade, downgrade } = load(
      "/* the history of",
      "-- limbeck: upgrade",
      "*/",
      "-- limbeck: upgrade",
      "INSERT INTO t VALUES ('a",
      "-- limbeck: downgrade",
      "b');",
      "/*",
      "-- limbeck: downgrade",
      "*/",
      "CREATE TRIGGER tr AFTER INSERT ON t BEGIN",
      "-- limbeck: nonsense",
      "SELECT 1; END;",
      "-- limbeck: downgrade",
      "SELECT 2;",
    );
    expect(upgrade).toMatchObject([
      { sql: "INSERT INTO t VALUES ('a\n-- limbeck: downgrade\nb')", location: { line: 5 } },
      { location: { line: 11 } },
    ]);
    expect(downgrade).toMatchObject([{ sql: "SELECT 2", location: { line: 15 } }]);
  });

  it("names the line of a quotation mark that nothing closes before the next section", () => {
    expect(failure("-- limbeck: upgrade", "SELECT 'a;", "-- limbeck: downgrade", "SELECT 2;")).toMatchObject({
      code: "LB0223",
      context: { location: { line: 2 } },
    });
  });

  it("takes the sections in any order", () => {
    expect(load("-- limbeck: downgrade", "SELECT 2;", "-- limbeck: upgrade", "SELECT 1;")).toMatchObject({
      upgrade: [{ sql: "SELECT 1" }],
      downgrade: [{ sql: "SELECT 2" }],
    });
  });

  it("tells a way back that does nothing from none", () => {
    expect(load("-- limbeck: upgrade", "-- limbeck: downgrade")).toMatchObject({ upgrade: [], downgrade: [] });
    expect(load("-- limbeck: upgrade", "-- migrate:down")).toMatchObject({ upgrade: [], downgrade: undefined });
  });

  it("keeps values as they are, carriage returns too", () => {
    const { upgrade } = load("-- limbeck: upgrade\r", "INSERT INTO t VALUES ('a\r", "b');\r");
    expect(upgrade).toMatchObject([{ sql: "INSERT INTO t VALUES ('a\r\nb')", location: { line: 2 } }]);
  });

  it("passes over what the engine makes by itself", () => {
    expect(load("-- limbeck: upgrade", "CREATE TABLE sqlite_sequence(name,seq);")).toMatchObject({ upgrade: [] });
  });

  it("refuses a file without an upgrade section, and knows the markers of other tools", () => {
    expect(failure("-- limbeck: downgrade")).toMatchObject({ code: "LB0221", why: "" });
    expect(failure("-- revision: a1", "-- migrate:up")).toMatchObject({
      code: "LB0221",
      why: `"-- migrate:up" is another tool's marker for it.`,
    });
    expect(failure("-- +goose Up").why).toContain("-- +goose Up");
  });

  it("refuses sections that there are not, or are there twice", () => {
    expect(failure("-- limbeck: up")).toMatchObject({
      code: "LB0219",
      context: { marker: "up", location: { line: 1 } },
    });
    expect(failure("-- limbeck: upgrade", "-- limbeck: upgrade")).toMatchObject({
      code: "LB0220",
      context: { section: "upgrade", location: { line: 2 } },
    });
  });

  it.each([
    ["a placeholder", "INSERT INTO t VALUES (:x);", "LB0223", ":x"],
    ["a placeholder without a name", "INSERT INTO t VALUES (?);", "LB0223", "?"],
    ["a zero byte", "INSERT INTO t VALUES ('a\0b');", "LB0223", "zero byte"],
  ])("refuses %s before anything runs", (_, sql, code, word) => {
    expect(failure("-- limbeck: upgrade", "SELECT '?', \"@a\"; -- $b", sql)).toMatchObject({
      code,
      title: expect.stringContaining(word),
      context: { location: { path: "/v/a.sql", line: 3 } },
    });
  });

  it.each(["BEGIN", "COMMIT", "ROLLBACK"])("refuses %s, which would tear the revision apart", (sql) => {
    expect(failure("-- limbeck: upgrade", "-- limbeck: downgrade", "SELECT 1;", `${sql};`)).toMatchObject({
      code: "LB0222",
      context: { location: { path: "/v/a.sql", line: 4, text: `${sql};` } },
    });
  });
});
