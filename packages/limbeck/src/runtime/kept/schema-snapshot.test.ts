import { describe, expect, it } from "vitest";
import { EMPTY_SCHEMA, type Schema } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";
import { compareSnapshots, noteSchema } from "./schema-snapshot.ts";

const BY = { toolVersion: "1", serverVersion: "15" };

const table = (name: string, ...columns: readonly string[]): Table => ({
  name,
  columns: columns.map((column) => ({ name: column, type: { kind: "integer" }, nullable: true })),
  constraints: [],
  indexes: [],
});

const schema = (...tables: readonly Table[]): Schema => ({ ...EMPTY_SCHEMA, tables });

describe("compareSnapshots", () => {
  it("tells what is new, gone and changed", () => {
    const before = noteSchema(schema(table("same", "a"), table("other", "a"), table("gone")), BY);
    const now = noteSchema(schema(table("other", "a", "b"), table("fresh"), table("same", "a")), BY);
    expect(compareSnapshots(before, now)).toEqual([
      "table fresh is new",
      "table gone is gone",
      "table other was changed",
    ]);
  });

  it("passes over the order of keys", () => {
    const { name, ...rest } = table("t", "a");
    expect(
      compareSnapshots(noteSchema(schema({ name, ...rest }), BY), noteSchema(schema({ ...rest, name }), BY)),
    ).toEqual([]);
  });

  it("says nothing where another version looked", () => {
    const before = noteSchema(schema(table("t")), BY);
    expect(compareSnapshots(before, noteSchema(schema(), { ...BY, toolVersion: "2" }))).toBeUndefined();
    expect(compareSnapshots(before, noteSchema(schema(), { ...BY, serverVersion: "16" }))).toBeUndefined();
  });
});
