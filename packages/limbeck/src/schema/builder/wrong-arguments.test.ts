import { describe, expect, it } from "vitest";
import { OperationError } from "../../kernel/errors/operation-errors.ts";
import * as schema from "../../schema.ts";

/** As a file is that runs with its types stripped. */
type Loose = Readonly<
  Record<string, (...args: readonly unknown[]) => Record<string, (...args: readonly unknown[]) => unknown>>
>;

// Nothing of the types is there when models run, and these calls are what they would have refused.
const loose = schema as unknown as Loose;
const { integer, text } = schema;

/** The calls of people who left a list out, or a part. */
const WRONG: readonly (readonly [title: string, call: (s: Loose) => unknown])[] = [
  ["table takes the name of a table, not an object.", (s) => s["table"]?.({ id: integer() })],
  [
    'table takes a list of constraints, indexes and options behind the columns, not an object of the kind "index".',
    (s) => s["table"]?.("t", { id: integer() }, s["index"]?.(["id"])),
  ],
  [
    "table takes a list of constraints, indexes and options behind the columns, not a list with a column in it.",
    (s) => s["table"]?.("t", { id: integer() }, [text()]),
  ],
  [
    'table takes a list of constraints, indexes and options behind the columns, not a list with an object of the kind "x" in it.',
    (s) => s["table"]?.("t", { id: integer() }, [{ kind: "x" }]),
  ],
  [
    "table takes a list of constraints, indexes and options behind the columns, not a list with undefined in it.",
    (s) => s["table"]?.("t", { id: integer() }, [undefined]),
  ],
  ['unique takes a list of column names, for example ["list_id"], not "id".', (s) => s["unique"]?.("id")],
  ['index takes a list of column names, for example ["list_id"], not "id".', (s) => s["index"]?.("id")],
  ['index takes a list of column names, for example ["list_id"], not an empty list.', (s) => s["index"]?.([])],
  ['primaryKey takes a list of column names, for example ["list_id"], not undefined.', (s) => s["primaryKey"]?.()],
  [
    'uniqueAmongLive takes a list of column names, for example ["list_id"], not "id".',
    (s) => s["uniqueAmongLive"]?.("id"),
  ],
  ["check takes a condition as SQL text, not a number.", (s) => s["check"]?.(5)],
  [
    'foreignKey takes a table and its columns behind its own, as in { table: "lists", columns: ["id"] }, not undefined.',
    (s) => s["foreignKey"]?.(["list_id"]),
  ],
  [
    'foreignKey takes a table and its columns behind its own, as in { table: "lists", columns: ["id"] }: as the columns, a list of names, not undefined.',
    (s) => s["foreignKey"]?.(["list_id"], { table: "lists" }),
  ],
  [
    'references takes the names of a table and a column, as in references("lists", "id"), not undefined.',
    (s) => s["integer"]?.()["references"]?.("lists"),
  ],
  ['unique takes a text as "name", not a number.', (s) => s["unique"]?.(["a"], { name: 5 })],
  ['index takes a text as "where", not a number.', (s) => s["index"]?.(["a"], { where: 5 })],
  ['index takes a text as "column", not a number.', (s) => s["index"]?.([{ column: 5 }])],
  [
    'index takes names of columns, or objects as { column: "created_at", order: "desc" } or { expression: "lower(name)" }, not undefined.',
    (s) => s["index"]?.(["a", undefined]),
  ],
  [
    'index takes names of columns, or objects as { column: "created_at", order: "desc" } or { expression: "lower(name)" }, not an object.',
    (s) => s["index"]?.([{ column: undefined }]),
  ],
  [
    'table takes a list of constraints, indexes and options behind the columns, not a list with an object of the kind "unique" in it.',
    (s) => s["table"]?.("t", { id: integer() }, [{ kind: "unique", columns: "a" }]),
  ],
  [
    'table takes a list of constraints, indexes and options behind the columns, not a list with an object of the kind "index" in it.',
    (s) => s["table"]?.("t", { id: integer() }, [{ kind: "index" }]),
  ],
  [
    'index takes names of columns, or objects as { column: "created_at", order: "desc" } or { expression: "lower(name)" }, not an object with both a column and an expression.',
    (s) => s["index"]?.([{ column: "a", expression: "lower(a)" }]),
  ],
  [
    "trigger takes the name of a table and the statement that creates it, as { table, definition }, not undefined.",
    (s) => s["trigger"]?.("t"),
  ],
  [
    "defaultSql takes an expression as SQL text, not a text with a promise in it, before which await is missing.",
    (s) => s["integer"]?.()["defaultSql"]?.("'[object Promise]'"),
  ],
  ["view takes the text of a query behind the name, not undefined.", (s) => s["view"]?.("v")],
  ['enumType takes a list of texts behind the name, not "open".', (s) => s["enumType"]?.("status", "open")],
  ["varchar takes how many characters there may be, as in varchar(255), not undefined.", (s) => s["varchar"]?.()],
  ['varchar takes how many characters there may be, as in varchar(255), not "255".', (s) => s["varchar"]?.("255")],
  [
    "decimal takes how many digits there are, and how many behind the point, as in decimal(10, 2), not undefined.",
    (s) => s["decimal"]?.(),
  ],
  ["raw takes a type in the words of the engine, not undefined.", (s) => s["raw"]?.()],
  ["check takes a condition as SQL text, not an object.", (s) => s["integer"]?.()["check"]?.({})],
  ["comment takes a text, not a number.", (s) => s["integer"]?.()["comment"]?.(5)],
];

describe("models that are not what their functions take", () => {
  it.each(WRONG)("%s", (title, call) => {
    expect(() => call(loose)).toThrow(OperationError);
    expect(() => call(loose)).toThrow(expect.objectContaining({ title, code: "LB0517" }));
  });

  it.each([
    { kind: "index", index: { parts: "a" } },
    { kind: "index", index: { parts: [] } },
    { kind: "index", index: { parts: ["a"] } },
    { kind: "index", index: { parts: [{ column: "a", expression: "lower(a)" }] } },
    { kind: "foreignKey", columns: ["a"], references: {} },
    { kind: "foreignKey", columns: ["a"], references: { table: "t" } },
    { kind: "foreignKey", references: { table: "t", columns: ["a"] } },
    { kind: "check", expression: 5 },
    { kind: "unique", columns: [5] },
    { kind: "primaryKey", columns: [] },
    { kind: "liveUnique", columns: "a" },
    { kind: "options", options: "strict" },
    { kind: "comment", comment: 5 },
  ])("among the constraints of a table, written by hand: %j", (item) => {
    const title = `table takes a list of constraints, indexes and options behind the columns, not a list with an object of the kind "${item.kind}" in it.`;
    expect(() => loose["table"]?.("t", { a: text() }, [item])).toThrow(
      expect.objectContaining({ title, code: "LB0517" }),
    );
  });

  it("takes items that were written by hand as well", () => {
    const items = [
      { kind: "index", index: { parts: [{ column: "a" }, { expression: "lower(a)" }], unique: false } },
      { kind: "foreignKey", columns: ["a"], references: { table: "t", columns: [] } },
      { kind: "options", options: { sqlite: { strict: true } } },
    ];
    expect(loose["table"]?.("t", { a: text() }, items)).toMatchObject({ items });
  });

  it("takes what it should: no values of an enum, no items, and undefined in their place", () => {
    expect(schema.enumType("none", []).enum.values).toEqual([]);
    expect(schema.table("t", { id: integer() }, undefined).items).toEqual([]);
    // On SQLite, the primary key of the other table.
    expect(schema.foreignKey(["a"], { table: "t", columns: [] }).references.columns).toEqual([]);
    expect(schema.decimal(5).description.type).toEqual({ kind: "decimal", precision: 5, scale: 0 });
  });
});
