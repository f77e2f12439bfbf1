import { describe, expect, it } from "vitest";
import { isSameExpression } from "./same-expression.ts";

describe("isSameExpression", () => {
  it.each([
    ["a>0", "a > 0"],
    ["a > 0\n  AND b < 1", "a > 0 AND b < 1"],
    ["length( title )<100", "length(title) < 100"],
    ["a IN (1,2)", "a IN (1, 2)"],
    ["  a  ", "a"],
    [`"odd  name" = 1`, `"odd  name"=1`],
  ])("takes %j and %j for one", (a, b) => {
    expect(isSameExpression(a, b)).toBe(true);
  });

  it.each([
    ["'a b'", "'a  b'"],
    [`"a b" > 0`, `"ab" > 0`],
    ["`a  b`", "`a b`"],
    ["a AND b", "aANDb"],
    ["a > 0", "a >= 0"],
    ["a > 0", "A > 0"],
    ["1 - -1", "1 --1"],
    ["a < -1", "a <- 1"],
    ["x 'ab'", "x'ab'"],
    ["'it''s'", "'it' 's'"],
    ["a -- b\n + 1", "a -- b + 1"],
  ])("takes %j and %j for two", (a, b) => {
    expect(isSameExpression(a, b)).toBe(false);
  });
});
