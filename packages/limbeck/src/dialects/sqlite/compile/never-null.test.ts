import { describe, expect, it } from "vitest";
import { parseCreateTable } from "../parse/parse-create-table.ts";
import { isNeverNull } from "./never-null.ts";

const table = parseCreateTable(`CREATE TABLE t (
  id INTEGER PRIMARY KEY, "a b" TEXT NOT NULL, n INTEGER, g INTEGER NOT NULL AS (nullif(id, 1)))`);

describe("isNeverNull", () => {
  it.each([
    "id > 0",
    `length("a b") <= 20 AND NOT id = 3`,
    "ID IN (1, 2) OR [A B] LIKE 'x%'",
    "n IS NULL OR id BETWEEN 1 AND 5",
    "n is not null",
    "1",
    `json_valid("a b")`,
  ])("says yes where every part has a value: %s", (expression) => {
    expect(isNeverNull(expression, table)).toBe(true);
  });

  it.each([
    ["a column that may be NULL", "n > 0"],
    ["the same beside a test", "n IS NOT NULL OR n > id"],
    ["NULL itself", "id = NULL"],
    ["NULL in a list", "id IN (1, NULL)"],
    ["a division", "id / 2 > 0"],
    ["a function that may give NULL", "nullif(id, 1) > 0"],
    ["a computed column", "g > 0"],
    ["a query", "id IN (SELECT 1)"],
    ["a name that is unknown", "t.id > 0 AND x > 0"],
    ["a CASE without ELSE", "CASE WHEN id > 1 THEN 1 END"],
    ["a path in a document", `"a b" ->> 'x' = 1`],
  ])("says no for %s", (_what, expression) => {
    expect(isNeverNull(expression, table)).toBe(false);
  });
});
