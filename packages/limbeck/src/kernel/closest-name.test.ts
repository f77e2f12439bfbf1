import { describe, expect, it } from "vitest";
import { findClosestName } from "./closest-name.ts";

describe("findClosestName", () => {
  it.each([
    ["versiontable", "versionTable"],
    ["migratoins", "migrations"],
    ["modles", "models"],
    ["model", "models"],
    ["slugLenght", "slugLength"],
  ])("takes %s for %s", (written, meant) => {
    expect(findClosestName(written, ["url", "models", "migrations", "versionTable", "slugLength"])).toBe(meant);
  });

  it("gives nothing when no name is like it", () => {
    expect(findClosestName("colour", ["url", "models", "migrations"])).toBeUndefined();
    expect(findClosestName("x", ["url"])).toBeUndefined();
    expect(findClosestName("anything", [])).toBeUndefined();
  });

  it("prefers the nearest of several", () => {
    expect(findClosestName("heads", ["head", "heaps", "heads"])).toBe("heads");
  });
});
