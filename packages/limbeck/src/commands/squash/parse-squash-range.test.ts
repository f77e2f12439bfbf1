import { describe, expect, it } from "vitest";
import { parseSquashRange } from "./parse-squash-range.ts";

describe("parseSquashRange", () => {
  it.each([
    ["a1..b2", "a1", "b2"],
    ["a1:b2", "a1", "b2"],
    [" a1 .. b2 ", "a1", "b2"],
    ["..b2", "", "b2"],
    ["a1:", "a1", ""],
    ["v1..2:v1..3", "v1..2", "v1..3"],
    ["v1.:v2.", "v1.", "v2."],
  ])("takes %j apart", (text, first, last) => {
    expect(parseSquashRange(text)).toEqual({ first, last });
  });

  it.each(["", "a1", "a1:b2:c3", "a1..b2..c3", ":", ".."])("refuses %j", (text) => {
    expect(() => parseSquashRange(text)).toThrow(expect.objectContaining({ code: "LB1252" }));
  });
});
