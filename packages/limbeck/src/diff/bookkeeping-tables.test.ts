import { expect, it } from "vitest";
import { EMPTY_SCHEMA, type Schema } from "../schema/model/schema.ts";
import type { Table } from "../schema/model/table.ts";
import { findBookkeeping, withoutBookkeeping } from "./bookkeeping-tables.ts";
import { DEFAULT_DIFF_RULES } from "./diff-rules.ts";

const table = (name: string, target?: string): Table => ({
  name,
  columns: [{ name: "id", type: { kind: "integer" }, nullable: false }],
  constraints:
    target === undefined
      ? []
      : [{ kind: "foreignKey", name: "fk", columns: ["id"], references: { table: target, columns: ["id"] } }],
  indexes: [],
});

const find = (schema: Schema): readonly string[] => [
  ...findBookkeeping(schema, EMPTY_SCHEMA, DEFAULT_DIFF_RULES).keys(),
];

it("takes a table that others point to for one of the application", () => {
  const alone: Schema = { ...EMPTY_SCHEMA, tables: [table("schema_migrations"), table("runs")] };
  const pointed: Schema = { ...EMPTY_SCHEMA, tables: [table("schema_migrations"), table("runs", "schema_migrations")] };
  const own: Schema = { ...EMPTY_SCHEMA, tables: [table("schema_migrations", "schema_migrations")] };
  expect([find(alone), find(pointed), find(own)]).toEqual([["schema_migrations"], [], ["schema_migrations"]]);
  expect(withoutBookkeeping(pointed, DEFAULT_DIFF_RULES)).toEqual(pointed);
});
