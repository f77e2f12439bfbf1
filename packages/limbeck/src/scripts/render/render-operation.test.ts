import { describe, expect, it } from "vitest";
import type { Operation } from "../../ops/operation.ts";
import { DEFAULT_NAMING_CONVENTION } from "../../schema/builder/naming-convention.ts";
import type { Column } from "../../schema/model/column.ts";
import { printDocument } from "./print-document.ts";
import { renderOperation } from "./render-operation.ts";

const render = (operation: Operation): string =>
  printDocument(renderOperation(operation, { convention: DEFAULT_NAMING_CONVENTION }), 100);

const title: Column = { name: "title", type: { kind: "varchar", length: 255 }, nullable: true };

describe("renderOperation", () => {
  it.each<[Operation, string]>([
    [
      {
        kind: "addColumn",
        table: "todos",
        column: { name: "deleted_at", type: { kind: "timestamp", timezone: true }, nullable: true },
      },
      'await op.addColumn("todos", "deleted_at", timestamp({ timezone: true }));',
    ],
    [
      { kind: "addColumn", table: "todos", column: title, after: "id" },
      'await op.addColumn("todos", "title", varchar(255), { after: "id" });',
    ],
    [{ kind: "dropColumn", table: "todos", column: title, after: null }, 'await op.dropColumn("todos", "title");'],
    [
      {
        kind: "addConstraint",
        table: "todos",
        constraint: { kind: "unique", name: "uq_todos_title", columns: ["title"] },
      },
      'await op.createUniqueConstraint("uq_todos_title", "todos", ["title"]);',
    ],
    [
      { kind: "addConstraint", table: "todos", constraint: { kind: "unique", columns: ["title"] } },
      'await op.invoke({\n  kind: "addConstraint",\n  table: "todos",\n  constraint: { kind: "unique", columns: ["title"] },\n});',
    ],
    [
      { kind: "dropConstraint", table: "todos", constraint: { kind: "unique", name: "uq", columns: ["title"] } },
      'await op.dropConstraint("uq", "todos");',
    ],
    [
      { kind: "dropConstraint", table: "todos", constraint: { kind: "unique", columns: ["title"] } },
      'await op.dropConstraint(unique(["title"]), "todos");',
    ],
    [
      {
        kind: "createIndex",
        table: "todos",
        index: { name: "ix", parts: [{ column: "a" }, { expression: "lower(b)", order: "desc" }], unique: false },
      },
      'await op.createIndex("ix", "todos", ["a", { expression: "lower(b)", order: "desc" }]);',
    ],
    [{ kind: "setTableComment", table: "todos", from: "a", to: null }, 'await op.dropTableComment("todos");'],
    [{ kind: "setTableComment", table: "todos", from: null, to: "a" }, 'await op.createTableComment("todos", "a");'],
    [{ kind: "setTableOptions", table: "todos", from: {}, to: null }, 'await op.setTableOptions("todos", null);'],
    [
      { kind: "createView", view: { name: "open", definition: "SELECT *\nFROM todos" } },
      'await op.createView(\n  "open",\n  `SELECT *\nFROM todos`,\n);',
    ],
    [
      { kind: "execute", sql: "UPDATE todos SET a = ?", parameters: [1n], affects: [], reverse: "x" },
      'await op.execute("UPDATE todos SET a = ?", { parameters: [1n], affects: [] });',
    ],
    [
      {
        kind: "alterTable",
        table: "todos",
        operations: [{ kind: "dropColumn", table: "todos", column: title }],
        recreate: "always",
      },
      'await op.batchAlterTable(\n  "todos",\n  (batch) => {\n    batch.dropColumn("title");\n  },\n  { recreate: "always" },\n);',
    ],
    [
      {
        kind: "alterTable",
        table: "todos",
        operations: [
          { kind: "dropColumn", table: "todos", column: title },
          { kind: "addConstraint", table: "todos", constraint: { kind: "check", expression: "a" } },
        ],
      },
      'await op.batchAlterTable("todos", (batch) => {\n  batch.dropColumn("title");\n  batch.invoke({\n    kind: "addConstraint",\n    table: "todos",\n    constraint: { kind: "check", expression: "a" },\n  });\n});',
    ],
  ])("writes %o", (operation, source) => {
    expect(render(operation)).toBe(source);
  });

  it.each<[Partial<Column>, string]>([
    [{ nullable: false }, "{ nullable: false }"],
    [{ type: { kind: "text" }, comment: "c" }, '{ type: text(), comment: "c" }'],
    [{ default: { kind: "now" } }, "{ defaultNow: true }"],
    [{ default: { kind: "expression", sql: "1 + 1" } }, '{ defaultSql: "1 + 1" }'],
    [{ default: { kind: "value", value: "x" } }, '{ default: "x" }'],
    [
      { generated: { expression: "a", storage: "virtual" } },
      '{ generatedAs: { expression: "a", storage: "virtual" } }',
    ],
    [{ autoIncrement: true }, "{ autoIncrement: true }"],
  ])("writes only what changes in a column: %o", (change, source) => {
    const to: Column = { ...title, ...change };
    expect(render({ kind: "alterColumn", table: "todos", from: title, to })).toBe(
      `await op.alterColumn("todos", "title", ${source});`,
    );
  });

  it("takes away what a column no longer has", () => {
    const from: Column = {
      ...title,
      default: { kind: "now" },
      autoIncrement: true,
      collation: "C",
      options: { any: {} },
    };
    expect(render({ kind: "alterColumn", table: "todos", from, to: title }))
      .toBe(`await op.alterColumn("todos", "title", {
  default: null,
  autoIncrement: false,
  collation: null,
  options: null,
});`);
  });
});
