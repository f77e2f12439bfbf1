import { expect, it } from "vitest";
import { stripParentheses } from "./strip-parentheses.ts";

it.each([
  ["((a > 0) AND (b > 0))", "(a > 0) AND (b > 0)"],
  ["(((a)))", "a"],
  ["(a) = (b)", "(a) = (b)"],
  ["(a = ')'::text)", "a = ')'::text"],
  ["(a = '('::text) OR (b)", "(a = '('::text) OR (b)"],
  ["(a = 'it''s ('::text)", "a = 'it''s ('::text"],
  [String.raw`(a = E'\\'::text) OR (b = ')'::text)`, String.raw`(a = E'\\'::text) OR (b = ')'::text)`],
  [String.raw`(a = E'\'('::text)`, String.raw`a = E'\'('::text`],
  ['("a)" > 0)', '"a)" > 0'],
  ['("(" > 0) AND (")" > 0)', '("(" > 0) AND (")" > 0)'],
  [" (a) ", "a"],
  ["a", "a"],
])("takes %s for %s", (sql, wanted) => {
  expect(stripParentheses(sql)).toBe(wanted);
});
