import { describe, expect, it } from "vitest";
import { GraphError } from "../kernel/errors/graph-errors.ts";
import { sketchGraph } from "./sketch-graph.ts";

const graph = sketchGraph(
  "a #abranch",
  "b < a",
  "somelongername < b",
  "c < somelongername",
  "d",
  "e < d #ebranch",
  "someothername < e",
  "f < someothername",
);

const resolve = (identifier: string, rows?: readonly string[]): readonly string[] | string => {
  try {
    return graph.resolve(identifier, rows);
  } catch (error) {
    if (error instanceof GraphError) return error.reason;
    throw error;
  }
};

describe("an identifier names revisions", () => {
  it.each<[identifier: string, revisions: readonly string[]]>([
    ["a", ["a"]],
    ["somelongername", ["somelongername"]],
    ["somel", ["somelongername"]],
    ["abranch", ["a"]],
    ["ebranch@some", ["someothername"]],
    ["abranch@some", ["somelongername"]],
    ["abranch@heads", ["c"]],
    ["abranch@head", ["c"]],
    ["abranch@base", []],
    ["ebranch@ebranch", ["e"]],
    ["e@d", ["d"]],
    ["someoth@d", ["d"]],
    ["someoth@head", ["f"]],
    ["heads", ["c", "f"]],
    ["base", []],
    ["ebranch@head-1", ["someothername"]],
    ["base+1", []],
    ["abranch@base+2", ["b"]],
    ["d+1", ["e"]],
    ["f-3", ["d"]],
    ["f-4", []],
    ["-1", ["somelongername", "someothername"]],
    ["ebranch@-2", ["e"]],
  ])("%s", (identifier, revisions) => {
    // Two bases: `base+1` alone does not say which.
    expect(resolve(identifier)).toEqual(identifier === "base+1" ? "ambiguousWalk" : revisions);
  });

  it("current is what the database holds", () => {
    expect(resolve("current", ["b", "e"])).toEqual(["b", "e"]);
    expect(resolve("ebranch@current", ["b", "e"])).toEqual(["e"]);
    expect(resolve("current-1", ["b"])).toEqual(["a"]);
    expect(resolve("current")).toBe("malformedTarget");
    expect(resolve("current", ["gone"])).toBe("unknownRow");
  });
});

describe("an identifier is refused, each with its own reason", () => {
  it.each<[identifier: string, reason: string]>([
    ["nope", "unknownRevision"],
    ["some", "ambiguousPrefix"],
    ["nope@head", "unknownBranch"],
    ["nope@base", "unknownBranch"],
    ["x@d", "unknownBranch"],
    ["abranch@qprstuv", "unknownRevision"],
    ["ebranch@b", "notOnBranch"],
    ["abranch@d", "notOnBranch"],
    ["ebranch@somelong", "notOnBranch"],
    ["head", "severalHeads"],
    ["heads-1", "severalHeads"],
    ["f+1", "walkedTooFar"],
    ["f-5", "walkedTooFar"],
    ["base-1", "walkedTooFar"],
  ])("%s", (identifier, reason) => {
    expect(resolve(identifier)).toBe(reason);
  });

  it("with a message that names the candidates and commands that show them", () => {
    expect(() => graph.get("some")).toThrow(/"somelongername", "someothername"/u);
    expect(() => graph.get("nope@head")).toThrow(/No branch is called "nope"/u);
    expect(() => graph.get("heads")).toThrow(/there are 2: "c", "f"/u);
    expect(() => graph.get("base")).toThrow(/No revision or branch is called "base"/u);
  });

  it("does not find ids or labels of three characters or fewer by their beginning", () => {
    const short = sketchGraph("abc", "abcd < abc");
    expect(short.resolve("ab")).toEqual(["abcd"]);
    expect(short.resolve("abc")).toEqual(["abc"]);
  });

  it("takes an id and a label of one revision that begin alike for one", () => {
    expect(sketchGraph("beta1 #betaline").resolve("bet")).toEqual(["beta1"]);
  });
});
