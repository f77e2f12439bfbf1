import { describe, expect, it } from "vitest";
import { foreignKey, index, integer, primaryKey, table, text, unique, varchar, view } from "../../schema.ts";
import { buildSchema } from "../../schema/builder/build-schema.ts";
import { DEFAULT_NAMING_CONVENTION } from "../../schema/builder/naming-convention.ts";
import type { ModelDefinition } from "../../schema/builder/table-definition.ts";
import type { Schema } from "../../schema/model/schema.ts";
import { outlineOperations } from "../../testing/outline-operations.ts";
import { DEFAULT_DIFF_RULES } from "../diff-rules.ts";
import { diffSchema } from "../diff-schema.ts";
import { parseRename } from "./parse-rename.ts";

const schemaOf = (...models: readonly ModelDefinition[]): Schema => buildSchema(models, DEFAULT_NAMING_CONVENTION);
const id = integer().primaryKey();

const diff = (current: Schema, target: Schema, answers: readonly string[]) =>
  diffSchema(current, target, DEFAULT_DIFF_RULES, answers.map(parseRename));

describe("diffSchema, renames", () => {
  const before = schemaOf(
    table("lists", { id, name: text() }),
    table("todos", { id, name: text().check("name <> ''"), list: integer().references("lists", "id") }, [
      index(["name"], { name: "ix" }),
    ]),
  );

  it("renames instead of dropping, and lets constraints, indexes and keys follow", () => {
    const after = schemaOf(
      table("boards", { id: integer().notNull(), label: text() }, [primaryKey(["id"], { name: "pk_lists" })]),
      table("todos", { id, title: text().check("title <> ''", "ck_todos_name"), board: integer() }, [
        index(["title"], { name: "ix" }),
        foreignKey(["board"], { table: "boards", columns: ["id"] }, { name: "fk_todos_list_lists" }),
      ]),
    );
    const answers = ["lists:boards", "boards.name:boards.label", "todos.name:title", "todos.list:todos.board"];
    expect(outlineOperations(diff(before, after, answers))).toEqual([
      "renameTable lists boards",
      "renameColumn boards name label",
      "alterTable todos (renameColumn todos name title, renameColumn todos list board)",
    ]);
  });

  it("drops and changes other things of a renamed table in one group under its new name", () => {
    const after = schemaOf(
      table("lists", { id, name: text() }),
      table("tasks", { id, title: varchar(9), done: integer(), list: integer().references("lists", "id") }),
    );
    expect(outlineOperations(diff(before, after, ["todos:tasks", "todos.name:tasks.title"]))).toEqual([
      "renameTable todos tasks",
      "alterTable tasks (dropConstraint fk_todos_list_lists, dropConstraint pk_todos, dropConstraint ck_todos_name, dropIndex ix, " +
        "renameColumn tasks name title, addColumn done, alterColumn title, addConstraint pk_tasks, addConstraint fk_tasks_list_lists)",
    ]);
  });

  it("lets columns and tables trade names", () => {
    const swapped = schemaOf(table("todos", { a: integer(), b: text() }), table("lists", { c: text() }));
    const start = schemaOf(table("todos", { c: text() }), table("lists", { b: integer(), a: text() }));
    const answers = ["todos:lists", "lists:todos", "todos.a:todos.b", "todos.b:todos.a"];
    const tables = answers.slice(0, 2);
    expect(
      outlineOperations(
        diff(start, schemaOf(table("lists", { c: text() }), table("todos", { b: integer(), a: text() })), tables),
      ),
    ).toEqual([
      "renameTable todos _limbeck_renamed_todos",
      "renameTable lists todos",
      "renameTable _limbeck_renamed_todos lists",
    ]);
    expect(outlineOperations(diff(start, swapped, answers)).at(-1)).toBe(
      "alterTable todos (renameColumn todos a _limbeck_renamed_a, renameColumn todos b a, renameColumn todos _limbeck_renamed_a b)",
    );
  });

  it("renames an index that stayed the same, and makes one anew that did not", () => {
    const withIndex = (name: string, column: string): Schema =>
      schemaOf(table("todos", { id, a: text(), b: text() }, [index([column], { name })]));
    expect(outlineOperations(diff(withIndex("one", "a"), withIndex("two", "a"), ["one:two"]))).toEqual([
      "renameIndex todos one two",
    ]);
    expect(outlineOperations(diff(withIndex("one", "a"), withIndex("two", "b"), ["index:one:two"]))).toEqual([
      "alterTable todos (dropIndex one, createIndex two)",
    ]);
  });

  it("accepts the rename of a constraint, which is dropped and added", () => {
    const named = (name: string): Schema => schemaOf(table("todos", { id, a: text() }, [unique(["a"], { name })]));
    expect(outlineOperations(diff(named("one"), named("two"), ["one:two"]))).toEqual([
      "alterTable todos (dropConstraint one, addConstraint two)",
    ]);
  });

  it("makes views and triggers anew that speak of a renamed table", () => {
    const of = (name: string): Schema => schemaOf(table(name, { id }), view("v", `SELECT id FROM ${name}`));
    expect(outlineOperations(diff(of("old"), of("new"), ["old:new"]))).toEqual([
      "dropView v",
      "renameTable old new",
      "alterTable new (dropConstraint pk_old, addConstraint pk_new)",
      "createView v",
    ]);
  });

  it("protects a view from a rename that would rewrite it, although its text stays", () => {
    const v = view("v", "SELECT name FROM todos");
    const start = schemaOf(table("todos", { name: text() }), v);
    const end = schemaOf(table("todos", { label: text(), name: integer() }), v);
    expect(outlineOperations(diff(start, end, ["todos.name:todos.label"]))).toEqual([
      "dropView v",
      "alterTable todos (renameColumn todos name label, addColumn name)",
      "createView v",
    ]);
  });

  it.each([
    [["todos.nam:todos.title"], "LB0903"],
    [["nothing:lists2"], "LB0903"],
    [["todos.name:todos.title", "todos.list:todos.title"], "LB0904"],
    [["todos:lists"], "LB0904"],
    [["todos.name:todos.list"], "LB0904"],
  ])("refuses %j with %s", (answers, code) => {
    const after = schemaOf(
      table("lists", { id, name: text() }),
      table("todos", { id, title: text(), list: integer() }),
    );
    expect(() => diff(before, after, answers)).toThrow(expect.objectContaining({ code }));
  });
});
