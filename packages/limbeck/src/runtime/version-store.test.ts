import { EMPTY_SCHEMA } from "../schema/model/schema.ts";
import { describe, expect, it } from "vitest";
import { sqlite } from "../dialects/sqlite/index.ts";
import type { Table } from "../schema/model/table.ts";
import { createVersionStore } from "./version-store.ts";

const tableNamed = (name: string): Table => ({ name, columns: [], constraints: [], indexes: [] });

const schema = { ...EMPTY_SCHEMA, tables: [tableNamed("alembic_version"), tableNamed("todos")] };

describe("withoutOwnTables", () => {
  it("finds the table in any case that the engine takes for the same", () => {
    const store = createVersionStore(sqlite, "Alembic_Version", "alembic_history");
    expect(store.withoutOwnTables(schema).tables.map(({ name }) => name)).toEqual(["todos"]);
  });

  it("tells cases apart where the engine does", () => {
    const strict = { ...sqlite, diffRules: { ...sqlite.diffRules, foldTableNames: false } };
    expect(createVersionStore(strict, "Alembic_Version", "alembic_history").withoutOwnTables(schema)).toEqual(schema);
  });
});
