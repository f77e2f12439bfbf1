import { describe, expect, it } from "vitest";
import type { InspectResult } from "../../../commands/inspect.ts";
import { buildTable } from "../../../schema/builder/build-table.ts";
import type { TableDefinition } from "../../../schema/builder/table-definition.ts";
import { DEFAULT_NAMING_CONVENTION } from "../../../schema/builder/naming-convention.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import { EMPTY_SCHEMA } from "../../../schema/model/schema.ts";
import { foreignKey, index, integer, raw, table, tableOptions, text } from "../../../schema.ts";
import { renderDbml } from "./dbml.ts";
import { renderEntityDiagram } from "./entity-diagram.ts";

const renderType = (type: ColumnType): string => (type.kind === "raw" ? type.sql : type.kind);

const build = (...models: readonly TableDefinition[]): InspectResult => ({
  database: "",
  serverVersion: "",
  schema: { ...EMPTY_SCHEMA, tables: models.map((model) => buildTable(model, DEFAULT_NAMING_CONVENTION)) },
  unmanaged: [],
});

// What the parsers of mermaid 11.17 and @dbml/core 10.2 take, and read back as these names, was tried with them.
describe("renderEntityDiagram", () => {
  it("keeps columns from being read as the marks of keys", () => {
    const odd = table("odd", { pk: integer(), FK: integer(), "uk-x": integer(), pkey: integer(), fk_a: integer() });
    expect(renderEntityDiagram(build(odd), renderType).split("\n").slice(2, -1)).toEqual([
      "    integer _pk",
      "    integer _FK",
      "    integer _uk-x",
      "    integer pkey",
      "    integer fk_a",
    ]);
  });

  it("writes letters, vowel signs and digits of all scripts, but those that Mermaid does not read", () => {
    const odd = table("", { हिन्दी: raw("列"), "m²": integer(), µ: integer(), 日本: integer() });
    expect(renderEntityDiagram(build(odd), renderType)).toBe(`erDiagram
  "_" {
    列 हिन्दी
    integer m
    integer _
    integer 日本
  }`);
  });
});

describe("renderDbml", () => {
  it("escapes what stands in quotation marks", () => {
    const odd = table("back\\slash", {
      'a"b': text().default("two\nlines,  \\ it's"),
      "new\nline": raw("enum('a\\b')").comment("first\nsecond"),
      "": integer().defaultSql("`a` + 1"),
    });
    expect(renderDbml(build(odd), renderType)).toBe(String.raw`Table "back\\slash" {
  "a\"b" "text" [default: 'two\nlines,  \\ it\'s']
  "new\nline" "enum('a\\b')" [note: 'first\nsecond']
  "_" "integer" [default: ${"`"}"a" + 1${"`"}]
}`);
  });

  it("calls an index unique only where all rows are in it", () => {
    const odd = table("odd", { a: integer() }, [
      index(["a"], { name: "some", unique: true, where: "a > 0" }),
      index(["a"], { name: "every", unique: true }),
    ]);
    expect(renderDbml(build(odd), renderType)).toContain(`
    ("a") [name: 'some', note: 'unique where a > 0']
    ("a") [unique, name: 'every']
`);
  });

  it("draws lines only between columns that stand there", () => {
    const lists = table("lists", { id: integer().primaryKey() });
    const part = table("part", {}, [tableOptions({ postgres: { partitionOf: { table: "lists", bound: "DEFAULT" } } })]);
    const todos = table("todos", { id: integer().primaryKey(), list: integer() }, [
      foreignKey(["list"], { table: "lists", columns: ["id"] }),
      foreignKey(["list"], { table: "part", columns: ["id"] }),
    ]);
    const all = renderDbml(build(lists, part, todos), renderType);
    expect(all).toContain(`Ref: "todos"."list" > "lists"."id"`);
    expect(all).not.toContain("part");
    expect(renderDbml(build(todos), renderType)).not.toContain("Ref");
  });
});
