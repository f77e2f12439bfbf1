import { describe, expect, it } from "vitest";
import { indexAmongLive, integer, softDelete, table, uniqueAmongLive, varchar } from "../../schema.ts";
import { buildTable } from "./build-table.ts";
import { DEFAULT_NAMING_CONVENTION } from "./naming-convention.ts";

const build = (hasPartialIndexes: boolean, column?: string) =>
  buildTable(
    table(
      "todos",
      {
        id: integer().primaryKey(),
        list_id: integer(),
        title: varchar(80).notNull(),
        ...(column === undefined ? softDelete() : softDelete(column)),
      },
      [uniqueAmongLive(["list_id", "title"]), indexAmongLive(["list_id"], { name: "live_by_list" })],
    ),
    DEFAULT_NAMING_CONVENTION,
    { hasPartialIndexes, quoteIdentifier: (name) => `<${name}>` },
  );

describe("rules for live rows", () => {
  it("are partial indexes where the engine has such", () => {
    const { columns, constraints, indexes } = build(true);
    expect(columns.at(-1)).toEqual({ name: "deleted_at", type: { kind: "timestamp", timezone: true }, nullable: true });
    expect(constraints.map(({ kind }) => kind)).toEqual(["primaryKey"]);
    expect(indexes).toEqual([
      {
        name: "uq_todos_list_id_title_live",
        parts: [{ column: "list_id" }, { column: "title" }],
        unique: true,
        where: "deleted_at IS NULL",
      },
      { name: "live_by_list", parts: [{ column: "list_id" }], unique: false, where: "deleted_at IS NULL" },
    ]);
  });

  it("lean on a generated column elsewhere, which is NULL in deleted rows", () => {
    const { columns, constraints, indexes } = build(false);
    expect(columns.at(-1)).toEqual({
      name: "is_live",
      type: { kind: "smallint" },
      nullable: true,
      generated: { expression: "CASE WHEN deleted_at IS NULL THEN 1 END", storage: "virtual" },
    });
    expect(constraints.at(-1)).toEqual({
      kind: "unique",
      name: "uq_todos_list_id_title_live",
      columns: ["list_id", "title", "is_live"],
    });
    expect(indexes).toEqual([
      { name: "live_by_list", parts: [{ column: "list_id" }, { column: "deleted_at" }], unique: false },
    ]);
  });

  it("take the column of the table, in quotation marks where its name needs some", () => {
    expect(build(true, "removedAt").indexes.map(({ where }) => where)).toEqual([
      "<removedAt> IS NULL",
      "<removedAt> IS NULL",
    ]);
  });

  it("refuse options that nobody would read", () => {
    expect(() => uniqueAmongLive(["title"], { where: "x" } as object)).toThrow(
      expect.objectContaining({ code: "LB0516" }),
    );
  });
});
