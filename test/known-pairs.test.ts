import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { runPair } from "../tools/cases/sqlite/run-pair.ts";

/** Pairs that random ones once stumbled over, made small. */
const PAIRS: readonly (readonly [what: string, from: string, to: string])[] = [
  [
    "a check without a name that another one says already",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, CHECK (\"a\" <> 'x'));",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, CHECK (a <> 'x'), CHECK (\"a\" <> 'x'));",
  ],
  [
    "the same check a third time",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, CHECK (a <> 'x'), CHECK (a <> 'x'), CHECK (a <> 'x'));",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, CHECK (a <> 'x'));",
  ],
  [
    "numbers in a column of bytes that becomes one of numbers",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB);",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a SMALLINT);",
  ],
  [
    "text in a column of bytes whose table becomes STRICT",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB NOT NULL);",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB NOT NULL) STRICT;",
  ],
  [
    "a new column with a default, for which the table is rebuilt",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT);",
    "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 7, b TEXT, CHECK (a <> b));",
  ],
  [
    "a computed column that is stored from now on, with a counter and a condition of an index",
    "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a INT, b INT AS (a + 1)); CREATE INDEX i ON t (a) WHERE a > 1;",
    "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a INT, b INT); CREATE INDEX i ON t (a) WHERE a > 1;",
  ],
  [
    "rows without a key, in a table whose check names it",
    "CREATE TABLE t (a TEXT, b TEXT, CHECK (t.b <> 'q'));",
    "CREATE TABLE t (a VARCHAR(9), b TEXT, CHECK (t.b <> 'q'));",
  ],
];

it.each(PAIRS)("goes up and down with rows: %s", async (_what, from, to) => {
  const { problems } = await runPair({ from, to, renames: [] }, { parent: tmpdir(), mayRefuse: true });
  expect(problems).toEqual([]);
});
