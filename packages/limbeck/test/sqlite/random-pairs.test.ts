import { assert, asyncProperty } from "fast-check";
import { describe, expect, it } from "vitest";
import { diffSchema } from "../../src/diff/diff-schema.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import type { Connection } from "../../src/dialect/connection.ts";
import { applyOperation } from "../../src/ops/apply/apply-operation.ts";
import { dispatchOperation, type Operation } from "../../src/ops/operation.ts";
import { reverseOperation } from "../../src/ops/reverse/reverse-operation.ts";
import { createConnectionSink } from "../../src/runtime/statement-sink.ts";
import { EMPTY_SCHEMA, type Schema } from "../../src/schema/model/schema.ts";
import { arbitrarySchemaPair } from "../../src/testing/arbitraries/arbitrary-schema.ts";
import { outlineOperations } from "../../src/testing/outline-operations.ts";
import { SQLITE_TRAITS } from "../support/sqlite-traits.ts";

/** A version without native changes of NOT NULL and CHECK, so that tables are rebuilt instead. */
const OLD_VERSION = "3.40.1";

/** Carries operations out on a database, and gives the schema that they lead to in memory. */
async function run(
  connection: Connection,
  operations: readonly Operation[],
  start: Schema,
  serverVersion: string,
): Promise<Schema> {
  const sink = createConnectionSink(connection);
  let before = start;
  for (const operation of operations) {
    const after = applyOperation(operation, before);
    for (const statement of dispatchOperation(sqlite.compile, operation, { before, after, serverVersion })) {
      await sink.run(statement);
    }
    before = after;
  }
  return before;
}

async function read(connection: Connection): Promise<Schema> {
  return (await sqlite.introspect(connection)).schema;
}

const findDifferences = (current: Schema, target: Schema): readonly string[] =>
  outlineOperations(diffSchema(current, target, sqlite.diffRules));

describe("the operations between any two schemas, on a real database", () => {
  it.each(["native changes", "rebuilds"])("lead to the target, are complete, and lead back: %s", async (way) => {
    await assert(
      asyncProperty(arbitrarySchemaPair(SQLITE_TRAITS), async ([current, target]) => {
        const connection = await sqlite.openScratch();
        const version = way === "rebuilds" ? OLD_VERSION : connection.serverVersion;
        for (const { sql } of sqlite.transaction.prologue) await connection.execute(sql);
        await run(connection, diffSchema(EMPTY_SCHEMA, current, sqlite.diffRules), EMPTY_SCHEMA, version);
        const start = await read(connection);
        expect(findDifferences(start, current)).toEqual([]);

        const upgrade = diffSchema(start, target, sqlite.diffRules);
        const end = await run(connection, upgrade, start, version);
        expect(findDifferences(await read(connection), target)).toEqual([]);

        await run(connection, upgrade.toReversed().map(reverseOperation), end, version);
        const back = await read(connection);
        expect(findDifferences(back, start)).toEqual([]);
        const columnsOf = (schema: Schema): unknown =>
          schema.tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]);
        expect(columnsOf(back)).toEqual(columnsOf(start));
        await connection.close();
      }),
    );
  });
});
