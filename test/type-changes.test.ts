import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { renderType } from "../packages/limbeck/src/dialects/sqlite/types.ts";
import { SQLITE_TRAITS } from "../packages/limbeck/test/support/sqlite-traits.ts";
import { runPair } from "../tools/cases/sqlite/run-pair.ts";

/** Each type as it is declared, once; `NUMERIC` and `CLOB` are other people's. */
const TYPES = [...new Set([...SQLITE_TRAITS.types.map(renderType), "NUMERIC", "CLOB"])];

/** https://www.sqlite.org/stricttables.html */
const STRICT_TYPES = ["INTEGER", "REAL", "TEXT", "BLOB", "ANY"];

const table = (type: string, options = ""): string => `CREATE TABLE t (id INTEGER PRIMARY KEY, c ${type})${options};`;

async function findProblems(from: string, to: string): Promise<readonly string[]> {
  const { problems } = await runPair({ from, to, renames: [] }, { parent: tmpdir(), mayRefuse: true });
  return problems;
}

describe.each(TYPES)("rows of a column of SQLite type '%s'", (from) => {
  it.each(TYPES.filter((type) => type !== from))("go to '%s' and back, or are refused or told of", async (to) => {
    expect(await findProblems(table(from), table(to))).toEqual([]);
  });

  it.each(STRICT_TYPES)("go to '%s' of a STRICT table and back, or are refused or told of", async (to) => {
    expect(await findProblems(table(from), table(to, " STRICT"))).toEqual([]);
  });
});
