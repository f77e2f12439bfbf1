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
];

it.each(PAIRS)("goes up and down with rows: %s", async (_what, from, to) => {
  const { problems } = await runPair({ from, to, renames: [] }, { parent: tmpdir(), mayRefuse: true });
  expect(problems).toEqual([]);
});
