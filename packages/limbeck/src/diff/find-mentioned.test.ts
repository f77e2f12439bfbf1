import { describe, expect, it } from "vitest";
import { findMentioned } from "./find-mentioned.ts";

describe("findMentioned", () => {
  it("finds names whose own quotation marks are doubled in the text", () => {
    expect(findMentioned("select `a``b`.`id` from `a``b`", ["a`b", "b"])).toEqual(["a`b"]);
    expect(findMentioned('select id from "A""B"', ['a"b', "b"])).toEqual(['a"b']);
  });

  it("passes over names that occur as letters only", () => {
    expect(findMentioned("price > 0 AND kind <> 'tax'", ["tax", "PRICE", "ric"])).toEqual(["PRICE"]);
  });
});
