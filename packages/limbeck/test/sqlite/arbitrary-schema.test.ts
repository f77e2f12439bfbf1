import { assert, asyncProperty } from "fast-check";
import { describe, expect, it } from "vitest";
import { diffSchema } from "../../src/diff/diff-schema.ts";
import { renderCreateIndex, renderCreateTable } from "../../src/dialects/sqlite/compile/render-table.ts";
import { sqliteDiffRules } from "../../src/dialects/sqlite/diff-rules.ts";
import { openScratch } from "../../src/dialects/sqlite/driver/open-scratch.ts";
import { introspect } from "../../src/dialects/sqlite/introspect/introspect.ts";
import { quoteIdentifier } from "../../src/dialects/sqlite/quote.ts";
import type { Schema } from "../../src/schema/model/schema.ts";
import { arbitrarySchema } from "../../src/testing/arbitraries/arbitrary-schema.ts";
import { SQLITE_TRAITS } from "../support/sqlite-traits.ts";

/** Every statement that a schema takes, tables before indexes, views and triggers. */
function writeStatements({ tables, views, triggers }: Schema): readonly string[] {
  return [
    ...tables.map((table) => renderCreateTable(table)),
    ...tables.flatMap(({ name, indexes }) => indexes.map((index) => renderCreateIndex(name, index))),
    ...views.map(({ name, definition }) => `CREATE VIEW ${quoteIdentifier(name)} AS ${definition}`),
    ...triggers.map(({ definition }) => definition),
  ];
}

describe("arbitrary schemas for SQLite", () => {
  it("are accepted by SQLite, rows can be asked for, and they are read back without a difference", async () => {
    await assert(
      asyncProperty(arbitrarySchema(SQLITE_TRAITS), async (schema) => {
        const connection = await openScratch();
        for (const statement of writeStatements(schema)) await connection.execute(statement);
        for (const { name } of [...schema.tables, ...schema.views]) {
          await connection.query(`SELECT * FROM ${quoteIdentifier(name)}`);
        }
        const { schema: found, unmanaged } = await introspect(connection);
        await connection.close();
        expect(unmanaged).toEqual([]);
        expect(diffSchema(found, schema, sqliteDiffRules)).toEqual([]);
        expect(diffSchema(schema, found, sqliteDiffRules)).toEqual([]);
      }),
    );
  });
});
