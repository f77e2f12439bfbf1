import { assert, asyncProperty } from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { eraseDatabase } from "../../src/dialects/mysql/driver/erase-database.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { arbitrarySchemaPair } from "../../src/testing/arbitraries/arbitrary-schema.ts";
import { PORTABLE_TRAITS } from "../../src/testing/arbitraries/traits.ts";
import { judgePair } from "../doubt/doubtful-law.ts";
import { createMariadbDatabase, requireMariadb, type MariadbDatabase } from "../support/mariadb-server.ts";
import { adaptSchema } from "./adapt-schema.ts";

const check = requireMariadb();
const isLong = process.env["LIMBECK_LONG"] === "1";

let database: MariadbDatabase | undefined;
let connection: Connection | undefined;

beforeAll(async () => {
  database = await createMariadbDatabase().catch(() => undefined);
  connection = database && (await mysql.connect(database.url));
});

afterAll(async () => {
  await connection?.close();
  await database?.drop();
});

describe("a comparison without a scratch database on MariaDB", () => {
  it("invents no difference, and misses none without a word", { timeout: 300_000 }, async (context) => {
    check(context);
    if (!connection) throw new Error("There is no connection.");
    const engine = { dialect: mysql, connection, erase: eraseDatabase };
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
