import { describe, expect, it } from "vitest";
import { GraphError } from "../kernel/errors/graph-errors.ts";
import { parseTarget } from "./parse-target.ts";
import { splitRange } from "./split-range.ts";

const parse = (text: string) => {
  const { branch, symbol, offset } = parseTarget(text, (name) => name === "release-2");
  return [branch, symbol, offset];
};

const reasonOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    if (error instanceof GraphError) return error.reason;
    throw error;
  }
  return "accepted";
};

describe("a target is taken apart", () => {
  it.each<[target: string, parts: readonly unknown[]]>([
    ["ae1027a6acf", [undefined, "ae1027a6acf", undefined]],
    ["head", [undefined, "head", undefined]],
    ["billing@head", ["billing", "head", undefined]],
    ["+2", [undefined, undefined, 2]],
    ["-1", [undefined, undefined, -1]],
    ["ae10+2", [undefined, "ae10", 2]],
    ["2026_02_21_001-1", [undefined, "2026_02_21_001", -1]],
    ["billing@+1", ["billing", undefined, 1]],
    ["billing@head-2", ["billing", "head", -2]],
    ["my-branch@base+2", ["my-branch", "base", 2]],
    ["my-branch-1", [undefined, "my-branch", -1]],
    ["release-2", [undefined, "release-2", undefined]],
    ["release-2-1", [undefined, "release-2", -1]],
    ["billing@release-2", ["billing", "release-2", undefined]],
  ])("%s", (target, parts) => {
    expect(parse(target)).toEqual(parts);
  });
});

describe("a target that is not one is refused, to its last character", () => {
  it.each(["", " ", "@head", "billing@", "a@b@c", "+1abc+2", "+1+2", "ae10+", "a b", "+", "-", "--1"])(
    "%j",
    (target) => {
      expect(reasonOf(() => parseTarget(target, () => false))).toBe("malformedTarget");
    },
  );

  it("and a range where one position is asked for", () => {
    expect(reasonOf(() => parseTarget("a:b", () => false))).toBe("unexpectedRange");
  });
});

describe("a range", () => {
  it("has two ends that may be left open", () => {
    expect(splitRange("a:b")).toEqual({ from: "a", to: "b" });
    expect(splitRange(":b")).toEqual({ from: "", to: "b" });
    expect(splitRange("a:")).toEqual({ from: "a", to: "" });
    expect(splitRange(":")).toEqual({ from: "", to: "" });
  });

  it("is nothing without a colon, and refused with two", () => {
    expect(splitRange("head")).toBeUndefined();
    expect(reasonOf(() => splitRange("a:b:c"))).toBe("malformedTarget");
  });
});
