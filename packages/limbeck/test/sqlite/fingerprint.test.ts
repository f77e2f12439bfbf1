import { assert, asyncProperty, pre } from "fast-check";
import { describe, expect, it } from "vitest";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { buildSchemaOn } from "../../src/dialect/build-schema-on.ts";
import { diffSchema } from "../../src/diff/diff-schema.ts";
import { arbitrarySchema, arbitrarySchemaPair } from "../../src/testing/arbitraries/arbitrary-schema.ts";
import type { Schema } from "../../src/schema/model/schema.ts";
import { openScratch, runUpgrade } from "../support/open-scratch.ts";
import { SQLITE_TRAITS } from "../support/sqlite-traits.ts";

/** Whether a table has two keys of the same columns: SQLite may keep one index for both, and then its catalogue tells of one. */
const hasRepeatedKeys = ({ tables }: Schema): boolean =>
  tables.some(({ constraints }) => {
    const keys = constraints.flatMap((one) =>
      one.kind === "primaryKey" || one.kind === "unique" ? JSON.stringify(one.columns) : [],
    );
    return new Set(keys).size < keys.length;
  });

describe("the fingerprint of a SQLite database", () => {
  it("stays the same when every table is rebuilt", async () => {
    await assert(
      asyncProperty(arbitrarySchema(SQLITE_TRAITS), async (schema) => {
        const connection = await openScratch();
        await buildSchemaOn(connection, sqlite, schema);
        const before = await sqlite.takeFingerprint(connection);
        await runUpgrade(connection, async (op) => {
          for (const { name } of schema.tables) await op.batchAlterTable(name, () => undefined, { recreate: "always" });
        });
        expect(await sqlite.takeFingerprint(connection)).toEqual(before);
        await connection.close();
      }),
    );
  });

  it("tells two databases apart whenever the introspection does", async () => {
    await assert(
      asyncProperty(arbitrarySchemaPair(SQLITE_TRAITS), async (pair) => {
        pre(!pair.some(hasRepeatedKeys));
        const [a, b] = await Promise.all(
          pair.map(async (schema) => {
            const connection = await openScratch();
            await buildSchemaOn(connection, sqlite, schema);
            const { schema: found } = await sqlite.introspect(connection);
            const fingerprint = await sqlite.takeFingerprint(connection);
            await connection.close();
            return { found, fingerprint };
          }),
        );
        if (!a || !b) throw new Error("A pair is two.");
        const isSame = diffSchema(a.found, b.found, sqlite.diffRules).length === 0;
        expect(a.fingerprint.join() === b.fingerprint.join()).toBe(isSame);
      }),
    );
  });
});
