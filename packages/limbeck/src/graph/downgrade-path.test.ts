import { describe, expect, it } from "vitest";
import { GraphError } from "../kernel/errors/graph-errors.ts";
import type { RevisionGraph } from "./revision-graph.ts";
import { sketchGraph } from "./sketch-graph.ts";

/** `steps -> rows after`, or the reason of the refusal. */
function downgrade(graph: RevisionGraph, target: string, ...current: readonly string[]): string {
  try {
    const { steps, heads } = graph.planDowngrade(current, target);
    return `${steps.map((step) => step.revision).join(" ")} -> ${heads.join(" ")}`.trim();
  } catch (error) {
    if (error instanceof GraphError) return error.reason;
    throw error;
  }
}

const words = (text: string): readonly string[] => text.split(" ").filter(Boolean);

describe("a downgrade on one line", () => {
  const line = sketchGraph("a", "b < a", "c < b", "d < c", "e < d");

  it.each<[target: string, current: string, result: string]>([
    ["c", "e", "e d -> c"],
    ["base", "c", "c b a ->"],
    ["-1", "c", "c -> b"],
    ["-3", "e", "e d c -> b"],
    ["-1", "a", "a ->"],
    ["a+2", "d", "d -> c"],
    ["c-2", "d", "d c b -> a"],
    ["a-1", "b", "b a ->"],
    ["base", "", "->"],
    ["a", "a", "-> a"],
    ["e", "e", "-> e"],
    ["-5", "b", "walkedTooFar"],
    ["c-4", "e", "walkedTooFar"],
    ["base-1", "b", "walkedTooFar"],
    ["+2", "b", "wrongDirection"],
    ["-0", "b", "wrongDirection"],
    ["b", "", "notADowngrade"],
    ["c", "b", "notADowngrade"],
    ["-1", "", "nothingApplied"],
    ["nope", "b", "unknownRevision"],
    ["nope@base", "b", "unknownBranch"],
    ["base", "gone", "unknownRow"],
  ])("to %s from %j", (target, current, result) => {
    expect(downgrade(line, target, ...words(current))).toBe(result);
  });

  it("gives every step its own change of the version table", () => {
    expect(line.planDowngrade(["b"], "base").steps).toEqual([
      { direction: "down", revision: "b", versionRows: [["update", "b", "a"]] },
      { direction: "down", revision: "a", versionRows: [["delete", "a"]] },
    ]);
  });
});

describe("a downgrade from rows of which one implies another", () => {
  it("joins them when it comes to the lower one", () => {
    const line = sketchGraph("a; b < a; c < b; d < c");
    expect(line.planDowngrade(["d", "b"], "a").versionRows).toEqual([
      ["update", "d", "c"],
      ["delete", "c"],
      ["update", "b", "a"],
    ]);
  });

  it("is refused where it only counts, because it would undo more than it says", () => {
    const line = sketchGraph("a; b < a; c < b; d < c");
    expect(downgrade(line, "-1", "d", "c")).toBe("overlappingRows");
    expect(downgrade(line, "-1", "c", "d")).toBe("overlappingRows");
    expect(downgrade(line, "-2", "d", "a")).toBe("overlappingRows");
    expect(downgrade(line, "d-1", "d", "c")).toBe("d -> c");
  });
});

describe("a downgrade on two branches", () => {
  const branches = sketchGraph("a", "b < a", "c1 < b #c1branch", "d1 < c1", "c2 < b #c2branch", "d2 < c2");

  it.each<[target: string, current: string, result: string]>([
    ["a", "d1 d2", "d1 c1 d2 c2 b -> a"],
    ["base+2", "d1 d2", "d1 c1 d2 c2 -> b"],
    ["c2branch@base+2", "d1 d2", "d2 c2 -> d1"],
    ["c2branch@base+3", "d1 d2", "d2 -> c2 d1"],
    ["c1branch@-1", "d1 d2", "d1 -> c1 d2"],
    ["d2-1", "d2 c1", "d2 -> c1 c2"],
    ["d2-1", "c1 d2", "d2 -> c1 c2"],
    ["c1branch@b", "c1 d2", "c1 -> d2"],
    ["c2branch@b", "c1 d2", "d2 c2 -> c1"],
    ["c2@b", "c1 d2", "d2 c2 -> c1"],
    ["d1@b", "c1 d2", "c1 -> d2"],
    ["c1branch@head-1", "d1 d2", "d1 -> c1 d2"],
    ["c1branch@base", "c1 d2", "c1 d2 c2 b a ->"],
    ["c1", "c1 d2", "-> c1 d2"],
    ["c1branch@-2", "d2", "nothingApplied"],
    ["heads", "d1 d2", "severalHeads"],
    ["base+3", "d1 d2", "ambiguousWalk"],
    ["b@b", "d1 d2", "notADowngrade"],
  ])("to %s from %j", (target, current, result) => {
    // A branch that stands on no row of its own has no current revision to count from.
    expect(downgrade(branches, target, ...words(current))).toBe(result);
  });

  it("counts from the first of several rows, keeps to its branch, and says that it was ambiguous", () => {
    const plan = branches.planDowngrade(["d1", "d2"], "-1");
    expect([plan.heads, plan.notices]).toEqual([
      ["c1", "d2"],
      [{ kind: "ambiguousDowngrade", from: "d1", others: ["d2"] }],
    ]);
    expect(downgrade(branches, "-2", "d2", "d1")).toBe("d2 c2 -> d1");
    expect(branches.planDowngrade(["d2", "d2"], "-1").notices).toEqual([]);
  });

  it("refuses to count on a branch that holds several rows", () => {
    expect(downgrade(branches, "a@-1", "d1", "d2")).toBe("ambiguousStart");
  });
});

describe("a downgrade across merge points", () => {
  it("gives the merged branches their rows back", () => {
    const graph = sketchGraph("a", "b1 < a", "b2 < a", "b3 < a", "c < b1 b2 b3");
    expect(graph.planDowngrade(["c"], "b3").versionRows).toEqual([
      ["insert", "b1"],
      ["insert", "b2"],
      ["update", "c", "b3"],
    ]);
  });

  it("gives no row to a branch that went on beside the merge", () => {
    const graph = sketchGraph("a1", "b1 < a1", "c1 < b1", "a2", "b2 < a2", "c2 < b2", "d1 < c1 c2", "d2 < c2");
    expect(downgrade(graph, "b1", "d2", "d1")).toBe("d1 c1 -> b1 d2");
  });

  it("keeps the other merge of the same branches", () => {
    const three = sketchGraph("b1", "c1 < b1", "b2", "c2 < b2", "b3", "c3 < b3", "d1 < c1 c2 c3", "d2 < c2", "d3 < c3");
    expect(downgrade(three, "b1", "d3", "d2", "d1")).toBe("d1 c1 -> b1 d2 d3");
  });
});

describe("a downgrade with dependencies", () => {
  it("undoes dependants on other branches first, and leaves dependencies alone", () => {
    const graph = sketchGraph("y1 #y", "y2 < y1", "x1 ~ y2 #x", "x2 < x1");
    expect(downgrade(graph, "y1", "x2")).toBe("x2 x1 y2 -> y1");
    expect(downgrade(graph, "x@base", "x2")).toBe("x2 x1 -> y2");
  });

  it("counts on a branch that is applied only because another depends on it", () => {
    const graph = sketchGraph("a #x", "b < a", "other ~ b");
    expect(downgrade(graph, "x@-1", "other")).toBe("other b -> a");
  });

  it("gives a dependency its row back only when nothing else needs it", () => {
    const lines = ["a1", "a2", "a3", "amerge < a1 a2 a3", "b1", "b2", "bmerge < b1 b2", "c1", "c2", "cmerge < c1 c2"];
    const two = sketchGraph(...lines, "d1 ~ a3 b2 c1");
    expect(downgrade(two, "b2", "amerge", "bmerge", "cmerge", "d1")).toBe("bmerge -> amerge b1 cmerge d1");
    expect(downgrade(two, "d1@base", "amerge", "b1", "cmerge", "d1")).toBe("d1 -> amerge b1 b2 cmerge");
    const four = sketchGraph("a1", "a2 < a1", "a3 < a2 ~ b2 b4", "b1", "b2 < b1", "b3 < b2", "b4 < b3");
    expect(downgrade(four, "b3", "b4")).toBe("b4 -> b3");
    const five = sketchGraph("b1", "a1 ~ b1", "m < a1 b1");
    expect(downgrade(five, "a1", "m")).toBe("m -> a1");
  });

  it("gives no row to a dependency that another prerequisite implies, with or without other rows", () => {
    // `d` depends on `a`, an ancestor of its own parent.
    const graph = sketchGraph("a", "b < a", "c < b", "d < c ~ a", "other");
    expect(graph.planDowngrade(["d"], "c").versionRows).toEqual([["update", "d", "c"]]);
    expect(graph.planDowngrade(["d", "other"], "c").versionRows).toEqual([["update", "d", "c"]]);
  });

  it("takes the dependency of an earlier revision of its line for granted", () => {
    const graph = sketchGraph("lib", "a ~ lib", "b < a ~ lib");
    expect(graph.planUpgrade([], "b").versionRows).toEqual([
      ["insert", "lib"],
      ["update", "lib", "a"],
      ["update", "a", "b"],
    ]);
    expect(graph.planDowngrade(["b"], "base").versionRows).toEqual([
      ["update", "b", "a"],
      ["update", "a", "lib"],
      ["delete", "lib"],
    ]);
  });
});

describe("the branches that are applied", () => {
  it("are the rows and the tips that a row depends on", () => {
    const graph = sketchGraph("y1", "y2 < y1", "x1 ~ y1", "x2 < x1");
    expect(graph.impliedHeads(["x1"])).toEqual(["y1", "x1"]);
    expect(graph.impliedHeads(["x2", "y2"])).toEqual(["y2", "x2"]);
    expect(graph.impliedHeads([])).toEqual([]);
  });
});

describe("a downgrade of a branch to its start", () => {
  const shared = sketchGraph("a", "b < a #billing", "s < a #shipping", "t < s", "z #zone");

  it("says which revisions of other branches go with it, because they share its root", () => {
    const plan = shared.planDowngrade(["b", "t", "z"], "billing@base");
    expect(plan.heads).toEqual(["z"]);
    expect(plan.notices).toEqual([{ kind: "undoesOthers", branch: "billing", others: ["t", "s"] }]);
    expect(shared.planDowngrade(["b", "t", "z"], "zone@base").notices).toEqual([]);
    expect(shared.planDowngrade(["b"], "billing@base").notices).toEqual([]);
    expect(shared.planDowngrade(["b", "t"], "base").notices).toEqual([]);
  });
});
