import { describe, expect, it } from "vitest";
import { fitText, measureText } from "./fit-text.ts";

describe("fitText", () => {
  it.each([
    ["leaves alone what fits", "abc", 3, "abc"],
    ["cuts what does not", "abcdef", 4, "abc…"],
    ["leaves no space before the ellipsis", "ab cdef", 4, "ab…"],
    ["counts wide signs as two columns", "日本語", 5, "日本…"],
    ["leaves a column empty rather than half a sign", "日本語", 4, "日…"],
    ["keeps accents on their letters", "ae\u0301xyz", 3, "ae\u0301…"],
    ["does not tear emoji apart", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 5, "👩‍👩‍👧‍👦👩‍👩‍👧‍👦…"],
  ])("%s", (_, text, width, expected) => {
    expect(fitText(text, width, "…")).toBe(expected);
    expect(measureText(expected)).toBeLessThanOrEqual(width);
  });

  it("counts the ellipsis", () => {
    expect(fitText("abcdef", 5, "...")).toBe("ab...");
  });
});
