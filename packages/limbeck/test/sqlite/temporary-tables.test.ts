import { describe, expect, it } from "vitest";
import type { Operation } from "../../src/ops/operation.ts";
import { openScratchDatabase } from "../support/scratch-database.ts";

const execute = (sql: string): Operation => ({ kind: "execute", sql, affects: [] });

const SETUP = "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT); CREATE VIEW v AS SELECT 1;";

const x = { name: "x", type: { kind: "text" }, nullable: true } as const;

describe("a temporary table with the name of a table", () => {
  it.each([
    "CREATE TEMP TABLE t (id integer primary key, x text)",
    "create temporary table T as select 1",
    "CREATE TABLE temp.t (x)",
    "/* why */ CREATE TABLE IF NOT EXISTS \"temp\" . 't' (x)",
    "CREATE TEMP VIEW t AS SELECT 1",
    "CREATE TEMP TABLE v (x)",
  ])("is refused, because later operations would change it instead: %s", async (sql) => {
    const database = await openScratchDatabase(SETUP);
    await expect(database.run(execute(sql))).rejects.toThrow(/a temporary table or view hides/);
  });

  it("is fine under a name of its own", async () => {
    const database = await openScratchDatabase(SETUP);
    await database.run(execute("CREATE TEMP TABLE old_t AS SELECT * FROM t"));
    expect(await database.rows("SELECT count(*) FROM old_t")).toEqual([[0]]);
  });

  it("stops a rebuild where it was there before", async () => {
    const database = await openScratchDatabase(`${SETUP} CREATE TEMP TABLE T (id INTEGER PRIMARY KEY, x TEXT)`);
    const operation: Operation = {
      kind: "alterColumn",
      table: "t",
      from: x,
      to: { ...x, type: { kind: "varchar", length: 9 } },
    };
    await expect(database.run(operation)).rejects.toThrow(/a temporary table or view hides/);
    expect((await database.introspect()).tables[0]?.columns[1]?.type).toEqual({ kind: "text" });
  });
});
