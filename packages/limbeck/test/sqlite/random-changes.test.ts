import { assert, asyncProperty } from "fast-check";
import { describe, expect, it } from "vitest";
import { OLDEST_VERSION } from "../../src/dialects/sqlite/capabilities.ts";
import { sqliteDiffRules } from "../../src/dialects/sqlite/diff-rules.ts";
import { quoteIdentifier } from "../../src/dialects/sqlite/quote.ts";
import { diffSchema } from "../../src/diff/diff-schema.ts";
import { describeOperation } from "../../src/ops/describe/describe-operation.ts";
import type { Operation } from "../../src/ops/operation.ts";
import { reverseOperation } from "../../src/ops/reverse/reverse-operation.ts";
import { EMPTY_SCHEMA, type Schema } from "../../src/schema/model/schema.ts";
import { arbitrarySchemaPair } from "../../src/testing/arbitraries/arbitrary-schema.ts";
import { fillTables } from "../support/fill-tables.ts";
import { openScratchDatabase, type ScratchDatabase } from "../support/scratch-database.ts";
import { SQLITE_TRAITS } from "../support/sqlite-traits.ts";

async function countRows(database: ScratchDatabase): Promise<ReadonlyMap<string, unknown>> {
  const { tables } = await database.introspect();
  const counts = tables.map(async ({ name }) => {
    const [row] = await database.rows(`SELECT count(*) FROM ${quoteIdentifier(name)}`);
    return [name, row?.[0]] as const;
  });
  return new Map(await Promise.all(counts));
}

const RUNS = process.env["LIMBECK_LONG"] === "1" ? 1000 : 50;

/** Rows may forbid a change; then the tables are emptied, to see whether the schema can change. */
const REFUSALS = /constraint failed|cannot store|some rows|some values|several rows|rows already there/;

/** What became of the rows: kept in some table, refused the change, or there were none. */
type Outcome = "kept" | "refused" | "no rows";

function listLosses(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): readonly string[] {
  return [...after].filter(([name, count]) => before.has(name) && before.get(name) !== count).map(([name]) => name);
}

// Between two operations a key may point to columns that are not unique yet: a revision checks references at its end.
async function runKeepingRows(database: ScratchDatabase, operation: Operation): Promise<Outcome> {
  const before = await countRows(database);
  let outcome: Outcome = [...before.values()].some((count) => count !== 0) ? "kept" : "no rows";
  await database.run(operation, "check nothing").catch(async (error: unknown) => {
    const message = `${describeOperation(operation)}: ${String(error)}`;
    if (!REFUSALS.test(message)) throw new Error(message, { cause: error });
    const lost = listLosses(before, await countRows(database));
    if (lost.length > 0) throw new Error(`${message}, and rows are gone from ${lost.join(", ")}`, { cause: error });
    outcome = "refused";
    await database.connection.execute("PRAGMA foreign_keys=OFF");
    for (const [name] of before) await database.connection.execute(`DELETE FROM ${quoteIdentifier(name)}`);
    await database.run(operation, "check nothing");
  });
  expect(outcome === "kept" ? listLosses(before, await countRows(database)) : []).toEqual([]);
  return outcome;
}

async function expectSchema(database: ScratchDatabase, schema: Schema): Promise<void> {
  const found = await database.introspect();
  expect(diffSchema(found, schema, sqliteDiffRules).map(describeOperation)).toEqual([]);
}

/** A database of that schema, and the schema as SQLite tells it: without comments, which it does not keep. */
async function buildDatabase(schema: Schema, version: string | undefined): Promise<readonly [ScratchDatabase, Schema]> {
  const database = await openScratchDatabase("", version);
  for (const operation of diffSchema(EMPTY_SCHEMA, schema, sqliteDiffRules))
    await database.run(operation, "check nothing");
  await expectSchema(database, schema);
  return [database, await database.introspect()];
}

describe.each([
  ["3.53", undefined],
  ["3.40", OLDEST_VERSION],
] as const)("random changes, compiled for SQLite %s", (_name, version) => {
  it("lead from one schema to another and back, with rows in the tables", async () => {
    const outcomes: Outcome[] = [];
    await assert(
      asyncProperty(arbitrarySchemaPair(SQLITE_TRAITS), async ([first, second]) => {
        const [goal, after] = await buildDatabase(second, version);
        await goal.connection.close();
        const [database, before] = await buildDatabase(first, version);
        await database.connection.execute("PRAGMA foreign_keys=OFF");
        await fillTables(database.connection, before);

        const operations = diffSchema(before, after, sqliteDiffRules);
        for (const operation of operations) outcomes.push(await runKeepingRows(database, operation));
        await expectSchema(database, after);
        for (const operation of operations.toReversed()) {
          outcomes.push(await runKeepingRows(database, reverseOperation(operation)));
        }
        await expectSchema(database, before);
        expect(await database.rows("PRAGMA integrity_check")).toEqual([["ok"]]);
        await database.connection.close();
      }),
      { numRuns: RUNS },
    );
    // Otherwise the law would hold of empty tables only.
    expect(outcomes.filter((outcome) => outcome === "kept").length).toBeGreaterThan(RUNS);
  });
});
