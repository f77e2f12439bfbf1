import { describe, expect, it } from "vitest";
import { isSameSqliteExpression } from "./same-expression.ts";

describe("isSameSqliteExpression", () => {
  it.each([
    ["price>0", '"price" > 0'],
    ["price > 0", "[Price] > 0"],
    ["SELECT `a b` FROM t", 'select "a b"\n  from "t"'],
    ["coalesce(title, 'None')", "COALESCE(title,'None')"],
    ["-- why\nprice > 0", '-- why\n"price" > 0'],
    [
      'CREATE TRIGGER "x" AFTER INSERT ON t BEGIN SELECT 1; END',
      'CREATE TRIGGER x AFTER INSERT ON "t" BEGIN SELECT 1; END',
    ],
  ])("takes %s and %s for the same", (a, b) => {
    expect(isSameSqliteExpression(a, b)).toBe(true);
  });

  it.each([
    ["title = 'a'", "title = 'A'"],
    ["title = 'a'", 'title = "a"'],
    ["done = true", 'done = "true"'],
    ["x = NULL", 'x = "null"'],
    ["a - -b", "a - b"],
    ["ab > 0", "a b > 0"],
    ['"a b" > 0', "a b > 0"],
    ["price > 0 -- old", "price > 0 -- new"],
    ["price > 0", "price > 0 -- why"],
    ["x'0a' = y", "x'0A' = y"],
    ["price > 1", "price > 1.0"],
    ["Ä > 0", "ä > 0"],
    ['"Ä" > 0', '"ä" > 0'],
  ])("tells %s from %s", (a, b) => {
    expect(isSameSqliteExpression(a, b)).toBe(false);
  });
});
