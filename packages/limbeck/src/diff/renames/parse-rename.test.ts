import { assert, constantFrom, option, property, string, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { formatRename, formatRenameFlag, parseRename } from "./parse-rename.ts";

describe("parseRename", () => {
  it.each([
    ["old:new", { from: "old", to: "new" }],
    ["todos.name:todos.title", { table: "todos", from: "name", to: "title" }],
    ["todos.name:title", { table: "todos", from: "name", to: "title" }],
    ["old.name:new.title", { table: "new", from: "name", to: "title" }],
    ["index:ix_a:ix_b", { kind: "index", from: "ix_a", to: "ix_b" }],
    ["constraint:todos.uq_a:uq_b", { kind: "constraint", table: "todos", from: "uq_a", to: "uq_b" }],
    ["index:other", { from: "index", to: "other" }],
    ['"odd.name":"say ""hi"""', { from: "odd.name", to: 'say "hi"' }],
    ["Odd Table.Created At:made_at", { table: "Odd Table", from: "Created At", to: "made_at" }],
  ])("reads %s", (answer, rename) => {
    expect(parseRename(answer)).toEqual(rename);
  });

  it.each(["", "old", "old:", ":new", "a:b:c", "a.b.c:d", "name:todos.title", '"open:new', "a::b"])(
    "refuses %j with a code",
    (answer) => {
      expect(() => parseRename(answer)).toThrow(expect.objectContaining({ code: "LB0902" }));
    },
  );

  it("reads back whatever formatRename writes", () => {
    const name = string({ minLength: 1 });
    const renames = tuple(constantFrom("table", "column", "index", "constraint"), option(name), name, name);
    assert(
      property(renames, ([kind, table, from, to]) => {
        const rename = { kind, ...(table !== null && { table }), from, to };
        const { kind: _, ...unsaid } = rename;
        const isSaid = kind === "index" || kind === "constraint";
        expect(parseRename(formatRename(rename))).toEqual(isSaid ? rename : unsaid);
      }),
    );
  });
});

describe("formatRenameFlag", () => {
  it("quotes for a shell what needs it", () => {
    expect(formatRenameFlag("todos.name:todos.title")).toBe("--rename todos.name:todos.title");
    expect(formatRenameFlag("it's:its")).toBe(`--rename 'it'\\''s:its'`);
  });
});
