import { describe, expect, it } from "vitest";
import { DiffError } from "../kernel/errors/diff-errors.ts";
import { index, integer, table, text, varchar } from "../schema.ts";
import { buildSchema } from "../schema/builder/build-schema.ts";
import { DEFAULT_NAMING_CONVENTION } from "../schema/builder/naming-convention.ts";
import type { ModelDefinition } from "../schema/builder/table-definition.ts";
import type { Schema } from "../schema/model/schema.ts";
import { DEFAULT_DIFF_RULES } from "./diff-rules.ts";
import { findRenameCandidates, type RenameQuestion } from "./rename-candidates.ts";
import { isRenameSettled, resolveRenames } from "./resolve-renames.ts";

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
  const questions = ask(before, after);
  const resolve = (renames: readonly string[], noRename: boolean = false) =>
    resolveRenames(questions, { renames, noRename });

  it("fails with the open questions as plain data, each with the flag that answers it", () => {
    const open = questions.filter(({ required }) => required);
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

  it("drops the questions about columns when their table became another one", () => {
    const about = questions.find(({ kind }) => kind === "column");
    expect(about && isRenameSettled(about, ["todos:elsewhere"])).toBe(true);
    expect(about && isRenameSettled(about, ["lists:elsewhere"])).toBe(false);
  });
});
