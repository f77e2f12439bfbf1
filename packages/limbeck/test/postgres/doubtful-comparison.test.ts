import { assert, asyncProperty } from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { eraseSchema } from "../../src/dialects/postgres/driver/erase-schema.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { arbitrarySchemaPair } from "../../src/testing/arbitraries/arbitrary-schema.ts";
import { PORTABLE_TRAITS } from "../../src/testing/arbitraries/traits.ts";
import { judgePair } from "../doubt/doubtful-law.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";
import { adaptSchema } from "./adapt-schema.ts";

const check = requirePostgres();
const isLong = process.env["LIMBECK_LONG"] === "1";

let database: PostgresDatabase | undefined;
let connection: Connection | undefined;

beforeAll(async () => {
  database = await createPostgresDatabase().catch(() => undefined);
  connection = database && (await postgres.connect(database.url));
});

afterAll(async () => {
  await connection?.close();
  await database?.drop();
});

describe("a comparison without a scratch database on PostgreSQL", () => {
  it("invents no difference, and misses none without a word", { timeout: 300_000 }, async (context) => {
    check(context);
    if (!connection) throw new Error("There is no connection.");
    const engine = { dialect: postgres, connection, erase: eraseSchema };
    let tried = 0;
    await assert(
      asyncProperty(arbitrarySchemaPair(PORTABLE_TRAITS), async ([from, to]) => {
        const { isTried, invented, missed, surplus } = await judgePair(engine, adaptSchema(from), adaptSchema(to));
        if (isTried) tried += 1;
        expect({ invented, missed, surplus }).toEqual({ invented: [], missed: [], surplus: [] });
      }),
      { numRuns: isLong ? 300 : 15, endOnFailure: true, interruptAfterTimeLimit: isLong ? 240_000 : 40_000 },
    );
    expect(tried).toBeGreaterThan(0);
  });
});
