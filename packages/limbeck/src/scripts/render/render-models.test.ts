import { describe, expect, it } from "vitest";
import { DEFAULT_NAMING_CONVENTION } from "../../schema/builder/naming-convention.ts";
import { EMPTY_SCHEMA, type Schema } from "../../schema/model/schema.ts";
import type { Table } from "../../schema/model/table.ts";
import { renderModels } from "./render-models.ts";

const render = (schema: Partial<Schema>) => renderModels({ ...EMPTY_SCHEMA, ...schema }, DEFAULT_NAMING_CONVENTION);

const empty: Pick<Table, "constraints" | "indexes"> = { constraints: [], indexes: [] };

describe("renderModels", () => {
  it("writes what a person would write", () => {
    const lists: Table = {
      name: "todo_lists",
      columns: [
        { name: "id", type: { kind: "integer" }, nullable: false, autoIncrement: true },
        { name: "title", type: { kind: "varchar", length: 80 }, nullable: false },
      ],
      constraints: [
        { kind: "unique", columns: ["title"] },
        { kind: "primaryKey", columns: ["id"] },
        { kind: "check", expression: "length(title) > 0" },
      ],
      indexes: [],
    };
    const todos: Table = {
      name: "todos",
      columns: [
        { name: "id", type: { kind: "integer" }, nullable: false },
        { name: "list_id", type: { kind: "integer" }, nullable: true },
        { name: "position", type: { kind: "integer" }, nullable: false, default: { kind: "value", value: 0 } },
      ],
      constraints: [
        {
          kind: "foreignKey",
          name: "fk_todos_list_id_todo_lists",
          columns: ["list_id"],
          references: { table: "todo_lists", columns: ["id"] },
          onDelete: "cascade",
        },
        { kind: "unique", name: "one_place", columns: ["list_id", "position"] },
        { kind: "primaryKey", name: "pk_todos", columns: ["id"] },
      ],
      indexes: [{ name: "ix_todos_list_id", parts: [{ column: "list_id" }], unique: false }],
    };
    const view = { name: "open_todos", definition: "SELECT id FROM todos" };
    expect(render({ tables: [lists, todos], views: [view] })).toEqual({
      text: `import { check, index, integer, table, unique, varchar, view } from "limbeck/schema";

export const todoLists = table(
  "todo_lists",
  {
    id: integer().primaryKey().autoIncrement(),
    title: varchar(80).notNull().unique(),
  },
  [check("length(title) > 0")],
);

export const todos = table(
  "todos",
  {
    id: integer().primaryKey(),
    list_id: integer().references("todo_lists", "id", { onDelete: "cascade" }),
    position: integer().notNull().default(0),
  },
  [unique(["list_id", "position"], { name: "one_place" }), index(["list_id"])],
);

export const openTodos = view("open_todos", "SELECT id FROM todos");
`,
      unsaid: [],
    });
  });

  it("says a condition on its column where the convention names it after that, and names no columns of a key that names none", () => {
    const a: Table = {
      name: "a",
      columns: [
        { name: "x", type: { kind: "integer" }, nullable: false },
        { name: "y", type: { kind: "integer" }, nullable: true },
      ],
      constraints: [
        { kind: "check", expression: "y > x" },
        { kind: "check", name: "ck_a_y", expression: "y > 0" },
        { kind: "primaryKey", columns: ["x"] },
        { kind: "foreignKey", columns: ["y"], references: { table: "a", columns: [] } },
      ],
      indexes: [],
    };
    expect(render({ tables: [a] }).text).toContain(`{
    x: integer().primaryKey(),
    y: integer().check("y > 0").references("a", "x"),
  },
  [check("y > x")],`);
  });

  it("gives each constant a name of its own that a program may use", () => {
    const named = (name: string): Table => ({ ...empty, name, columns: [] });
    const names = ["table", "Table", "class", "TODO_ITEMS", "todo-items", "2024 sales", "日本", "!", "?", "index"];
    const { text } = render({ tables: names.map(named), views: [{ name: "todo items", definition: "SELECT 1" }] });
    expect(
      Array.from(text.matchAll(/^export const (\S+) = (?:table|view)\(\s*"([^"]+)"/gm), ([, constant]) => constant),
    ).toEqual([
      "tableTable",
      "tableTable2",
      "classTable",
      "todoItems",
      "todoItemsTable",
      "_2024Sales",
      "日本",
      "_",
      "_Table",
      "index",
      "todoItemsView",
    ]);
  });
});
