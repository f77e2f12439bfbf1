import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { renderType } from "../packages/limbeck/src/dialects/sqlite/types.ts";
import { SQLITE_TRAITS } from "../packages/limbeck/test/support/sqlite-traits.ts";
import { runPair } from "../tools/cases/sqlite/run-pair.ts";

/** Each type as it is declared, once; `NUMERIC` and `CLOB` are other people's. */
const TYPES = [...new Set([...SQLITE_TRAITS.types.map(renderType), "NUMERIC", "CLOB"])];

const table = (type: string): string => `CREATE TABLE t (id INTEGER PRIMARY KEY, c ${type});`;

describe.each(TYPES)("rows of a column of SQLite type '%s'", (from) => {
  it.each(TYPES.filter((type) => type !== from))("go to '%s' and back, or are refused or told of", async (to) => {
    const pair = { from: table(from), to: table(to), renames: [] };
    const { problems } = await runPair(pair, { parent: tmpdir(), mayRefuse: true });
    expect(problems).toEqual([]);
  });
});
