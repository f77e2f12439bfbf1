import { assert, property, string, option } from "fast-check";
import { describe, expect, it } from "vitest";
import { joinName, quoteBeside, quoteName, splitName, splitSignature } from "./names.ts";

describe("names of the model", () => {
  it.each([
    ["todos", undefined, "todos", '"todos"'],
    ["app.todos", "app", "todos", '"app"."todos"'],
    ['"a.b".todos', "a.b", "todos", '"a.b"."todos"'],
    ['"a ""b"""', undefined, 'a "b"', '"a ""b"""'],
    ["To Do.My Table", "To Do", "My Table", '"To Do"."My Table"'],
  ])("%s has two parts, and is %s %s in the model and %s in SQL", (name, schema, own, sql) => {
    expect(splitName(name)).toEqual({ schema, name: own });
    expect(joinName({ schema, name: own })).toBe(name);
    expect(quoteName(name)).toBe(sql);
  });

  it("come back as they were, whatever is in them", () => {
    const part = string({ minLength: 1 });
    assert(
      property(option(part, { nil: undefined }), part, (schema, name) => {
        expect(splitName(joinName({ schema, name }))).toEqual({ schema, name });
      }),
    );
  });

  it("put what has none beside something that has", () => {
    expect(quoteBeside("ix", "app.todos")).toBe('"app"."ix"');
    expect(quoteBeside("ix", "todos")).toBe('"ix"');
  });

  it("of routines end with the types of their arguments", () => {
    expect(splitSignature("app.add(integer, numeric(10,2))")).toEqual({
      name: "app.add",
      types: "integer, numeric(10,2)",
    });
    expect(splitSignature('"odd(name".f()')).toEqual({ name: '"odd(name".f', types: "" });
    expect(splitSignature("todos")).toEqual({ name: "todos", types: "" });
  });
});
