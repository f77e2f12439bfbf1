import { describe, expect, it } from "vitest";
import { openScratch } from "../driver/open-scratch.ts";
import { splitStatements } from "../parse/split-statements.ts";
import { takeFingerprint } from "./take-fingerprint.ts";

async function fingerprint(script: string): Promise<readonly string[]> {
  const connection = await openScratch();
  for (const { sql } of splitStatements(script)) await connection.execute(sql);
  const lines = await takeFingerprint(connection);
  await connection.close();
  return lines;
}

/** What the one has and the other has not. */
async function compare(a: string, b: string): Promise<readonly string[]> {
  const [before, after] = [await fingerprint(a), await fingerprint(b)];
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
}

const FULL = `
  CREATE TABLE lists (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL COLLATE NOCASE CONSTRAINT uq UNIQUE ON CONFLICT IGNORE);
  CREATE TABLE todos (
    id INTEGER PRIMARY KEY, -- a comment
    list_id INTEGER CONSTRAINT fk REFERENCES lists (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    title TEXT DEFAULT 'none' CHECK (length(title) > 0),
    upper TEXT AS (upper(title)) STORED
  ) STRICT;
  CREATE INDEX ix_title ON todos (title DESC, lower(title)) WHERE list_id IS NOT NULL;
  CREATE VIEW v AS SELECT title FROM todos;
  CREATE TRIGGER tr AFTER INSERT ON todos BEGIN DELETE FROM lists; END;
  CREATE TABLE flat (a, b, PRIMARY KEY (a, b)) WITHOUT ROWID`;

describe("takeFingerprint", () => {
  it("says what there is, one fact a line", async () => {
    expect(await fingerprint(FULL)).toEqual([
      "column flat.a not null key 1",
      "column flat.b not null key 2",
      "column lists.id integer key 1",
      "column lists.name text not null",
      "column todos.id integer key 1",
      "column todos.list_id integer",
      "column todos.title text default 'none'",
      "column todos.upper text generated 3",
      "foreign key of todos (list_id to id) of lists: update no action, delete cascade, match none",
      "index ix_title on todos (title binary desc,  binary) as title desc , lower ( title ) where list_id is not null",
      "primary key of flat (a binary, b binary)",
      "table flat without rowid",
      "table lists",
      "table lists: autoincrement",
      "table lists: collate name nocase",
      "table lists: conflict unique ignore",
      "table lists: constraint uq unique",
      "table todos strict",
      "table todos: check length ( title ) > 0",
      "table todos: constraint fk foreign key",
      "table todos: deferred foreign key",
      "table todos: generated upper upper ( title )",
      "trigger tr of todos: create trigger tr after insert on todos begin delete from lists ; end",
      "unique of lists (name nocase)",
      "view v: create view v as select title from todos",
    ]);
  });

  it.each([
    ["spelling", `create table "t" ( [a] Integer,b   text )`, "CREATE TABLE t(a INTEGER, /* x */ b TEXT)"],
    ["order of columns", "CREATE TABLE t (a, b)", "CREATE TABLE t (b, a)"],
    [
      "clauses at the end of the table",
      "CREATE TABLE t (a TEXT CONSTRAINT u UNIQUE ON CONFLICT ABORT CHECK ((a > '')), b REFERENCES t (a) NOT DEFERRABLE)",
      "CREATE TABLE t (a TEXT, b, CHECK (a > ''), CONSTRAINT u UNIQUE (a) ON CONFLICT ABORT, FOREIGN KEY (b) REFERENCES t (a))",
    ],
    [
      "ascending order, parentheses around expressions",
      "CREATE TABLE t (a, b); CREATE INDEX i ON t (a ASC); CREATE INDEX j ON t ((a + b)) WHERE (a > 1)",
      "CREATE TABLE t (a, b); CREATE INDEX i ON t (a); CREATE INDEX j ON t (a+b) WHERE a>1",
    ],
    [
      "quotation marks in views and triggers",
      `CREATE TABLE t (a); CREATE VIEW v AS SELECT "a" FROM "t"`,
      "CREATE TABLE t (a); CREATE VIEW v AS select a FROM t",
    ],
  ])("does not tell %s apart", async (_what, a, b) => {
    expect(await compare(a, b)).toEqual([]);
  });

  it.each([
    ["a type", "(a TEXT)", "(a INTEGER)"],
    ["NOT NULL", "(a)", "(a NOT NULL)"],
    ["a default", "(a DEFAULT 'X')", "(a DEFAULT 'x')"],
    ["a check", "(a CHECK (a > 1))", "(a CHECK (a > 2))"],
    ["the text in a check", "(a CHECK (a <> 'A'))", "(a CHECK (a <> 'a'))"],
    ["one of two checks that are alike", "(a CHECK (a > 1))", "(a CHECK (a > 1), CHECK (a > 1))"],
    ["a collation", "(a)", "(a COLLATE RTRIM)"],
    ["a name of a constraint", "(a, CONSTRAINT x UNIQUE (a))", "(a, CONSTRAINT y UNIQUE (a))"],
    ["a conflict clause", "(a UNIQUE)", "(a UNIQUE ON CONFLICT REPLACE)"],
    ["AUTOINCREMENT", "(a INTEGER PRIMARY KEY)", "(a INTEGER PRIMARY KEY AUTOINCREMENT)"],
    ["AUTOINCREMENT at the end", "(a INTEGER, PRIMARY KEY (a))", "(a INTEGER, PRIMARY KEY (a AUTOINCREMENT))"],
    ["what is generated", "(a, b AS (a + 1))", "(a, b AS (a + 2))"],
    ["where it is generated", "(a, b AS (a) STORED)", "(a, b AS (a) VIRTUAL)"],
    ["an action", "(a REFERENCES t ON DELETE CASCADE)", "(a REFERENCES t ON DELETE SET NULL)"],
    ["deferral", "(a REFERENCES t)", "(a REFERENCES t DEFERRABLE INITIALLY DEFERRED)"],
    ["STRICT", "(a INTEGER)", "(a INTEGER) STRICT"],
    ["WITHOUT ROWID", "(a INTEGER PRIMARY KEY)", "(a INTEGER PRIMARY KEY) WITHOUT ROWID"],
    ["a column's case", "(a)", "(A)"],
  ])("tells %s", async (_what, a, b) => {
    const before = await fingerprint(`CREATE TABLE t ${a}`);
    expect(await fingerprint(`CREATE TABLE t ${b}`)).not.toEqual(before);
  });

  it.each([
    ["the order of an index", "CREATE INDEX i ON t (a)", "CREATE INDEX i ON t (a DESC)"],
    ["the collation of an index", "CREATE INDEX i ON t (a)", "CREATE INDEX i ON t (a COLLATE NOCASE)"],
    ["the condition of an index", "CREATE INDEX i ON t (a) WHERE a > 1", "CREATE INDEX i ON t (a) WHERE a > 2"],
    ["the expression of an index", "CREATE INDEX i ON t (lower(a))", "CREATE INDEX i ON t (upper(a))"],
    ["what is unique", "CREATE INDEX i ON t (a)", "CREATE UNIQUE INDEX i ON t (a)"],
    ["a view", "CREATE VIEW v AS SELECT 1", "CREATE VIEW v AS SELECT 2"],
    [
      "a trigger",
      "CREATE TRIGGER x BEFORE DELETE ON t BEGIN SELECT 1; END",
      "CREATE TRIGGER x AFTER DELETE ON t BEGIN SELECT 1; END",
    ],
    ["a virtual table", "CREATE VIRTUAL TABLE f USING fts5(a)", "CREATE VIRTUAL TABLE f USING fts5(a, b)"],
    ["the user's version", "PRAGMA user_version = 0", "PRAGMA user_version = 4"],
    ["the application's number", "PRAGMA application_id = 7", "PRAGMA application_id = 8"],
  ])("tells %s", async (_what, a, b) => {
    const table = "CREATE TABLE t (a);";
    expect(await fingerprint(`${table}${b}`)).not.toEqual(await fingerprint(`${table}${a}`));
  });
});
