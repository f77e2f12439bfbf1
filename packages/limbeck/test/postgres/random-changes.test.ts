import { assert, asyncProperty, pre } from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildSchemaOn } from "../../src/dialect/build-schema-on.ts";
import type { Connection } from "../../src/dialect/connection.ts";
import { eraseSchema } from "../../src/dialects/postgres/driver/erase-schema.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { diffSchema } from "../../src/diff/diff-schema.ts";
import { applyOperation } from "../../src/ops/apply/apply-operation.ts";
import { describeOperation } from "../../src/ops/describe/describe-operation.ts";
import { dispatchOperation, type Operation } from "../../src/ops/operation.ts";
import { reverseOperation } from "../../src/ops/reverse/reverse-operation.ts";
import type { Schema } from "../../src/schema/model/schema.ts";
import { arbitrarySchemaPair } from "../../src/testing/arbitraries/arbitrary-schema.ts";
import { PORTABLE_TRAITS } from "../../src/testing/arbitraries/traits.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";
import { adaptSchema } from "./adapt-schema.ts";

const check = requirePostgres();
const isLong = process.env["LIMBECK_LONG"] === "1";

let databases: readonly PostgresDatabase[] = [];
let connections: readonly Connection[] = [];

beforeAll(async () => {
  databases = await Promise.all([createPostgresDatabase(), createPostgresDatabase()]).catch(() => []);
  connections = await Promise.all(databases.map(({ url }) => postgres.connect(url)));
});

afterAll(async () => {
  for (const connection of connections) await connection.close();
  for (const database of databases) await database.drop();
});

const TRAITS = {
  ...PORTABLE_TRAITS,
  types: [
    ...PORTABLE_TRAITS.types,
    { kind: "raw" as const, sql: "interval" },
    { kind: "raw" as const, sql: "integer[]" },
    { kind: "raw" as const, sql: "bit varying(8)" },
  ],
  collations: ["C", "POSIX"],
  flavours: [
    {},
    {},
    { options: { postgres: { unlogged: true } } },
    { options: { postgres: { with: { fillfactor: "70" } } } },
  ],
};

/** What the server makes of a schema; undefined where it refuses it. */
async function build(connection: Connection, schema: Schema): Promise<Schema | undefined> {
  await eraseSchema(connection);
  try {
    await buildSchemaOn(connection, postgres, schema);
    return (await postgres.introspect(connection)).schema;
  } catch {
    return undefined;
  }
}

async function run(connection: Connection, operations: readonly Operation[], start: Schema): Promise<void> {
  let before = start;
  for (const operation of operations) {
    const after = applyOperation(operation, before);
    const context = { before, after, serverVersion: connection.serverVersion };
    for (const { sql } of dispatchOperation(postgres.compile, operation, context)) {
      await connection.execute(sql).catch((error: unknown) => {
        const message = postgres.describeDatabaseError(error);
        // Between some types the server knows no way, and a revision that tries is refused by its proof.
        pre(!message.includes("cannot cast"));
        throw new Error(`${sql}\n${message}`, { cause: error });
      });
    }
    before = after;
  }
}

const describeDiff = (found: Schema, wanted: Schema): readonly string[] =>
  diffSchema(found, wanted, postgres.diffRules).map(describeOperation);

describe("random changes on PostgreSQL", () => {
  it("lead from any schema to any other one and back", { timeout: 300_000 }, async (context) => {
    check(context);
    const [live, other] = connections;
    if (!live || !other) throw new Error("There is no connection.");
    let tried = 0;
    await assert(
      asyncProperty(arbitrarySchemaPair(TRAITS), async ([from, to]) => {
        const before = await build(live, adaptSchema(from));
        const after = await build(other, adaptSchema(to));
        pre(before !== undefined && after !== undefined);
        if (!before || !after) return;
        tried += 1;
        const operations = diffSchema(before, after, postgres.diffRules);
        await run(live, operations, before);
        expect(describeDiff((await postgres.introspect(live)).schema, after)).toEqual([]);
        await run(live, operations.toReversed().map(reverseOperation), (await postgres.introspect(live)).schema);
        expect(describeDiff((await postgres.introspect(live)).schema, before)).toEqual([]);
      }),
      // Every step of a search for a smaller example would build databases.
      {
        numRuns: isLong ? 300 : 8,
        maxSkipsPerRun: 50,
        endOnFailure: true,
        interruptAfterTimeLimit: isLong ? 240_000 : 40_000,
      },
    );
    expect(tried).toBeGreaterThan(0);
  });
});
