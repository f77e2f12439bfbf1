import { describe, expect, it } from "vitest";
import { foldSpelling, mentionsIdentifier, renameColumnsInExpression } from "./identifiers.ts";

describe("mentionsIdentifier", () => {
  it.each([
    ["price > 0", "price", true],
    ["PRICE > 0", "price", true],
    ['"price" > 0', "price", true],
    ["`price` > 0", "price", true],
    ["[price] > 0", "price", true],
    ["kind <> 'price'", "price", false],
    ["kind <> 'it''s price'", "price", false],
    ["a > 0 -- price", "price", false],
    ["a > 0 /* price */", "price", false],
    ["price_net > 0", "price", false],
    ["x'53' = x", "x", true],
    ["a = x'53'", "x", false],
    ["1e5 > a", "e5", false],
    ['"a ""b""" > 0', 'a "b"', true],
    ["größe > 0", "größe", true],
  ])("in %s finds %s: %s", (sql, name, expected) => {
    expect(mentionsIdentifier(sql, name)).toBe(expected);
  });
});

describe("renameColumnsInExpression", () => {
  const rename = (sql: string, ...pairs: readonly (readonly [string, string])[]): string =>
    renameColumnsInExpression(sql, "t", new Map(pairs));

  it.each([
    ["a > 0 AND b <> 'a'", "c > 0 AND b <> 'a'"],
    ["A > 0", "c > 0"],
    ['"a" > 0', '"c" > 0'],
    ["`a` > 0", "`c` > 0"],
    ["[a] > 0", "[c] > 0"],
    ["t.a > 0", "t.c > 0"],
    ['"t" . "a" > 0', '"t" . "c" > 0'],
    ["other.a > 0", "other.a > 0"],
    ["a.x > 0", "a.x > 0"],
    ["a(a) > 0", "a(c) > 0"],
    ["b COLLATE a", "b COLLATE a"],
    ["CAST(a AS a)", "CAST(c AS a)"],
    ["b::a", "b::a"],
    ["a /* a */ > 0 -- a", "c /* a */ > 0 -- a"],
  ])("turns %s into %s", (sql, expected) => {
    expect(rename(sql, ["a", "c"])).toBe(expected);
  });

  it("quotes a new name that is a keyword or not plain", () => {
    expect(rename("a > 0", ["a", "order"])).toBe('"order" > 0');
    expect(rename("a > 0", ["a", "due at"])).toBe('"due at" > 0');
    expect(rename("a > 0", ["a", "dueAt"])).toBe('"dueAt" > 0');
  });

  it("leaves a keyword alone even if a column has its name", () => {
    expect(rename('a IS NULL OR "null" > 0', ["null", "n"])).toBe('a IS NULL OR "n" > 0');
  });

  it("lets two columns trade names", () => {
    expect(rename("a < b", ["a", "b"], ["b", "a"])).toBe("b < a");
  });
});

describe("foldSpelling", () => {
  it("leaves out blanks, comments, case and quotation marks of names, and nothing else", () => {
    expect(foldSpelling('"Price">0 /* more */')).toBe("price > 0");
    expect(foldSpelling("[price] > 0")).toBe(foldSpelling("PRICE>0"));
    expect(foldSpelling("'Price' > 0")).not.toBe(foldSpelling("Price > 0"));
    // Quoted, it is a column.
    expect(foldSpelling('"null" = 1')).not.toBe(foldSpelling("null = 1"));
  });
});
