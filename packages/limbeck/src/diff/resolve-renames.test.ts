import { describe, expect, it } from "vitest";
import { DiffError } from "../kernel/errors/diff-errors.ts";
import { bytes, date, decimal, index, integer, raw, table, text, timestamp, varchar } from "../schema.ts";
import { buildSchema } from "../schema/builder/build-schema.ts";
import { DEFAULT_NAMING_CONVENTION } from "../schema/builder/naming-convention.ts";
import type { ModelDefinition } from "../schema/builder/table-definition.ts";
import type { Schema } from "../schema/model/schema.ts";
import { DEFAULT_DIFF_RULES } from "./diff-rules.ts";
import { parseRename } from "./renames/parse-rename.ts";
import type { Renames } from "./renames/rename.ts";
import { findRenameCandidates, type RenameQuestion } from "./rename-candidates.ts";
import { resolveRenames } from "./resolve-renames.ts";

const schemaOf = (...models: readonly ModelDefinition[]): Schema => buildSchema(models, DEFAULT_NAMING_CONVENTION);
const ask = (current: Schema, target: Schema): readonly RenameQuestion[] =>
  findRenameCandidates(current, target, DEFAULT_DIFF_RULES);
const answersOf = (questions: readonly RenameQuestion[]): readonly string[] => questions.map(({ answer }) => answer);

const id = integer().primaryKey();
const before = schemaOf(table("todos", { id, name: varchar(255), note: text() }));

describe("findRenameCandidates", () => {
  it("asks about a column of the same type under another name", () => {
    const after = schemaOf(table("todos", { id, title: varchar(255), note: text() }));
    expect(ask(before, after)).toEqual([
      {
        kind: "column",
        table: "todos",
        from: "name",
        to: "title",
        score: expect.any(Number),
        required: true,
        answer: "todos.name:todos.title",
        flag: "--rename todos.name:todos.title",
      },
    ]);
  });

  it("asks about a column of another type when the name is alike, and not when nothing is", () => {
    const alike = schemaOf(table("todos", { id, full_name: text(), note: text() }));
    expect(answersOf(ask(before, alike))).toEqual(["todos.name:todos.full_name"]);
    const unlike = schemaOf(table("todos", { id, position: integer(), note: text() }));
    expect(ask(before, unlike)).toEqual([]);
  });

  it("does not ask about computed columns, which lose nothing", () => {
    const computed = schemaOf(table("todos", { id, name: varchar(255), note: text(), a: text().generatedAs("note") }));
    const renamed = schemaOf(table("todos", { id, name: varchar(255), note: text(), b: text().generatedAs("note") }));
    expect(ask(computed, renamed)).toEqual([]);
  });

  it("puts the likelier new name first, and asks about three at most", () => {
    const columns = { one: varchar(255), two: varchar(255), named: varchar(255), four: varchar(255) };
    const questions = ask(before, schemaOf(table("todos", { id, ...columns, note: text() })));
    expect(answersOf(questions)[0]).toBe("todos.name:todos.named");
    expect(questions).toHaveLength(3);
  });

  it("asks about a table with most columns in common, and about its columns in case it was renamed", () => {
    const after = schemaOf(table("tasks", { id, title: varchar(255), note: text() }));
    expect(ask(before, after).map(({ answer, given }) => [answer, given])).toEqual([
      ["todos:tasks", undefined],
      ["tasks.name:tasks.title", "todos:tasks"],
    ]);
  });

  it("does not ask about tables that only share a key", () => {
    expect(ask(before, schemaOf(table("invoices", { id, total: integer(), paid: integer(), due: integer() })))).toEqual(
      [],
    );
  });

  it("asks about tables of other names whose columns could live on under other names", () => {
    const people = schemaOf(table("people", { key: id, full_name: text(), mail: varchar(99) }));
    expect(answersOf(ask(people, schemaOf(table("accounts", { id, owner: varchar(9), contact: text() }))))).toContain(
      "people:accounts",
    );
  });

  it("asks about a table from which only one column can be recognised", () => {
    const users = schemaOf(table("users", { id, name: text(), born: date(), left: date(), photo: bytes() }));
    expect(answersOf(ask(users, schemaOf(table("members", { id, full_name: text() }))))).toContain("users:members");
    expect(answersOf(ask(users, schemaOf(table("members", { id, born: timestamp() }))))).toContain("users:members");
    // An id of something else says nothing.
    expect(ask(users, schemaOf(table("scores", { id, points: integer() })))).toEqual([]);
  });

  it("asks about a column whose new type could hold its values", () => {
    const start = schemaOf(table("t", { id, rank: integer(), made: date(), odd: raw("MONEY") }));
    const end = schemaOf(table("t", { id, weight: decimal(9, 2), updated_at: timestamp(), body: text() }));
    expect(ask(start, end).map(({ from, to }) => `${from}:${to}`)).toEqual(
      expect.arrayContaining(["rank:weight", "made:updated_at", "odd:body"]),
    );
    expect(ask(start, end).map(({ from, to }) => `${from}:${to}`)).not.toContain("rank:body");
  });

  it("leaves out what is settled, and comes to what was fourth", () => {
    const many = (...names: readonly string[]): Schema =>
      schemaOf(table("t", { id, ...Object.fromEntries(names.map((name) => [name, text()])) }));
    const questions = findRenameCandidates(
      many("a", "b", "c", "d"),
      many("v", "w", "x", "y"),
      DEFAULT_DIFF_RULES,
      ["t.a:v", "t.b:w", "t.c:x"].map(parseRename),
    );
    expect(answersOf(questions)).toEqual(["t.d:t.y"]);
  });

  it("asks about the columns of tables that are said to be one, however little they have in common", () => {
    const start = schemaOf(table("a", { one: text() }), table("b", { two: integer() }));
    const end = schemaOf(table("a", { zwei: integer() }), table("b", { eins: text() }));
    const find = (...renames: readonly string[]) =>
      answersOf(findRenameCandidates(start, end, DEFAULT_DIFF_RULES, renames.map(parseRename)));
    expect(find()).toEqual([]);
    // They trade names.
    expect(find("a:b", "b:a")).toEqual(["a.two:a.zwei", "b.one:b.eins"]);
    expect(find("a:b", "b:a", "a.two:a.zwei")).toEqual(["b.one:b.eins"]);
  });

  it("asks about the columns of the likeliest new name only, until another one is chosen", () => {
    const end = schemaOf(
      table("todo_items", { id, title: varchar(255), note: text() }),
      table("items", { id, title: varchar(255) }),
    );
    const questions = ask(before, end);
    expect(questions.filter(({ kind }) => kind === "table")).toHaveLength(2);
    expect(questions.filter(({ kind }) => kind === "column").map(({ given }) => given)).toEqual(["todos:todo_items"]);
    const other = findRenameCandidates(before, end, DEFAULT_DIFF_RULES, [parseRename("todos:items")]);
    expect(answersOf(other)).toEqual(["items.name:items.title", "items.note:items.title"]);
  });

  it("offers, but does not require, the rename of an index that is the same", () => {
    const current = schemaOf(table("todos", { id, name: text() }, [index(["name"], { name: "ix_old" })]));
    const same = schemaOf(table("todos", { id, name: text() }, [index(["name"], { name: "ix_new" })]));
    expect(ask(current, same)).toMatchObject([
      { kind: "index", required: false, answer: "index:todos.ix_old:todos.ix_new" },
    ]);
    const other = schemaOf(table("todos", { id, name: text() }, [index(["name"], { name: "ix_new", unique: true })]));
    expect(ask(current, other)).toEqual([]);
  });
});

describe("resolveRenames", () => {
  const after = schemaOf(table("tasks", { id, title: varchar(255), caption: varchar(255), note: text() }));
  const find = (renames: Renames): readonly RenameQuestion[] =>
    findRenameCandidates(before, after, DEFAULT_DIFF_RULES, renames);
  const resolve = (renames: readonly string[], noRename: boolean = false) =>
    resolveRenames(find, { renames, noRename }).renames;

  it("fails with the open questions as plain data, each with the flag that answers it", () => {
    const open = find([]).filter(({ required }) => required);
    expect(() => resolve([])).toThrow(DiffError);
    expect(() => resolve([])).toThrow(
      expect.objectContaining({ code: "LB0901", exitCode: 2, context: { questions: open } }),
    );
    expect(JSON.parse(JSON.stringify(open))).toEqual(open);
    expect(open.map(({ flag }) => flag)).toEqual([
      "--rename todos:tasks",
      "--rename tasks.name:tasks.title",
      "--rename tasks.name:tasks.caption",
    ]);
  });

  it("still asks about the columns of a table that was renamed", () => {
    expect(() => resolve(["todos:tasks"])).toThrow(expect.objectContaining({ code: "LB0901" }));
  });

  it("asks no more about a column that became another one", () => {
    const renames = [
      { from: "todos", to: "tasks" },
      { table: "tasks", from: "name", to: "caption" },
    ];
    expect(resolve(["todos:tasks", "tasks.name:tasks.caption"])).toEqual(renames);
    expect(resolve(["todos:tasks", "todos.name:tasks.caption"])).toEqual(renames);
  });

  it("knows a table that is renamed by its old name too", () => {
    expect(resolve(["todos:tasks", "todos.name:caption"])).toEqual([
      { from: "todos", to: "tasks" },
      { table: "todos", from: "name", to: "caption" },
    ]);
  });

  it("asks nothing more when everything else is new", () => {
    expect(resolve([], true)).toEqual([]);
    expect(resolve(["todos:tasks"], true)).toEqual([{ from: "todos", to: "tasks" }]);
  });

  it("refuses an answer that it cannot read", () => {
    expect(() => resolve(["todos"], true)).toThrow(expect.objectContaining({ code: "LB0902" }));
  });
});
