import { describe, expect, it } from "vitest";
import { GraphError } from "../kernel/errors/graph-errors.ts";
import type { RevisionGraph } from "./revision-graph.ts";
import { sketchGraph } from "./sketch-graph.ts";

/** `steps -> rows after`, or the reason of the refusal. */
function upgrade(graph: RevisionGraph, target: string | readonly string[], ...current: readonly string[]): string {
  try {
    const { steps, heads } = graph.planUpgrade(current, target);
    return `${steps.map((step) => step.revision).join(" ")} -> ${heads.join(" ")}`.trim();
  } catch (error) {
    if (error instanceof GraphError) return error.reason;
    throw error;
  }
}

describe("an upgrade on one line", () => {
  const line = sketchGraph("a", "b < a", "c < b", "d < c", "e < d");

  it.each<[target: string, current: string, result: string]>([
    ["e", "c", "d e -> e"],
    ["c", "", "a b c -> c"],
    ["head", "", "a b c d e -> e"],
    ["+2", "a", "b c -> c"],
    ["+1", "a", "b -> b"],
    ["+1", "", "a -> a"],
    ["+3", "b", "c d e -> e"],
    ["b+2", "a", "b c d -> d"],
    ["d-2", "a", "b -> b"],
    ["base+1", "", "a -> a"],
    ["a", "c", "-> c"],
    ["base", "c", "-> c"],
    ["e", "e", "-> e"],
    ["-2", "b", "wrongDirection"],
    ["+0", "b", "wrongDirection"],
    ["+5", "b", "walkedTooFar"],
    ["d+2", "a", "walkedTooFar"],
    ["b-2", "", "walkedTooFar"],
    ["base-1", "", "walkedTooFar"],
    ["a:c", "", "unexpectedRange"],
    ["+1x", "", "malformedTarget"],
  ])("to %s from %j", (target, current, result) => {
    expect(upgrade(line, target, ...current.split(" ").filter(Boolean))).toBe(result);
  });

  it("refuses a row that no revision has, or that another row implies", () => {
    expect(upgrade(line, "e", "gone")).toBe("unknownRow");
    expect(upgrade(line, "e", "b", "d")).toBe("overlappingRows");
  });

  it("gives every step its own change of the version table", () => {
    expect(line.planUpgrade([], "b").steps).toEqual([
      { direction: "up", revision: "a", versionRows: [["insert", "a"]] },
      { direction: "up", revision: "b", versionRows: [["update", "a", "b"]] },
    ]);
  });
});

describe("an upgrade on two branches", () => {
  const branches = sketchGraph("a", "b < a", "c2 < b #c2branch", "d2 < c2", "c1 < b #c1branch", "d1 < c1");

  it.each<[target: string, current: string, result: string]>([
    ["d1", "b", "c1 d1 -> d1"],
    ["heads", "a", "b c1 d1 c2 d2 -> d1 d2"],
    ["c2branch@head-1", "b", "c2 -> c2"],
    ["c2branch@+1", "c1", "c2 -> c1 c2"],
    ["c2branch@+1", "c1 c2", "d2 -> c1 d2"],
    ["c2branch@+1", "", "a -> a"],
    ["c2branch@base+3", "", "a b c2 -> c2"],
    ["c2@+1", "c2", "d2 -> d2"],
    ["+1", "c1 c2", "ambiguousStart"],
    ["+1", "b", "ambiguousWalk"],
    ["head", "a", "severalHeads"],
    ["c2branch@+2", "c2", "walkedTooFar"],
    ["nope@+1", "a", "unknownBranch"],
  ])("to %s from %j", (target, current, result) => {
    expect(upgrade(branches, target, ...current.split(" ").filter(Boolean))).toBe(result);
  });

  it("takes several targets at once, but none that another includes", () => {
    expect(upgrade(branches, ["d1", "d2"], "a")).toBe("b c1 d1 c2 d2 -> d1 d2");
    expect(upgrade(branches, ["d1", "d1"], "b")).toBe("c1 d1 -> d1");
    expect(upgrade(branches, ["d1", "b"], "a")).toBe("overlappingTargets");
  });
});

describe("an upgrade across merge points", () => {
  it("keeps the row of a branch that went on beside the merge", () => {
    const graph = sketchGraph("a1", "b1 < a1", "c1 < b1", "a2", "b2 < a2", "c2 < b2", "d1 < c1 c2", "d2 < c2");
    expect(upgrade(graph, "d1", "d2", "b1")).toBe("c1 d1 -> d1 d2");
    expect(graph.planUpgrade(["d2", "b1"], "d1").versionRows).toEqual([
      ["update", "b1", "c1"],
      ["update", "c1", "d1"],
    ]);
  });

  it("deletes all but the last of the merged rows and updates that one", () => {
    const graph = sketchGraph("a", "b1 < a", "b2 < a", "b3 < a", "c < b1 b2 b3");
    expect(graph.planUpgrade(["b1", "b2", "b3"], "c").versionRows).toEqual([
      ["delete", "b1"],
      ["delete", "b2"],
      ["update", "b3", "c"],
    ]);
  });

  it("inserts a row for the second of two merges of the same branches", () => {
    const twins = sketchGraph(
      "a",
      "b1 < a",
      "b2 < a",
      "b3 < a",
      "c1 < b1 b2 b3",
      "d1 < c1",
      "c2 < b1 b2 b3",
      "d2 < c2",
    );
    const heads = twins.planUpgrade(["a"], "heads");
    expect(heads.heads).toEqual(["d1", "d2"]);
    expect(heads.versionRows.filter(([kind]) => kind === "insert")).toHaveLength(3);
  });

  it("merges a row that is implied by another prerequisite of the same merge only once", () => {
    // `a` lies below `c1` and is named by `m` besides: it has no row any more when `m` comes.
    const graph = sketchGraph("a", "c1 < a", "c2", "m < c1 c2 ~ a");
    expect(graph.planUpgrade([], "m").versionRows.at(-1)).toEqual(["update", "c2", "m"]);
    expect(upgrade(graph, "m")).toMatch(/ m -> m$/u);
  });
});

describe("an upgrade with dependencies", () => {
  const lib = sketchGraph("a1 #lib1", "b1 < a1", "c1 < b1 #c1lib", "a2", "b2 < a2 ~ c1lib", "c2 < b2");

  it("brings in what its revisions depend on, whole, and gives it no row", () => {
    expect(upgrade(lib, "c2", "a2")).toBe("a1 b1 c1 b2 c2 -> c2");
  });

  it("tolerates a dependency on the own parent", () => {
    const own = sketchGraph("a1", "a2 < a1 ~ a1");
    expect(own.planUpgrade([], "head").versionRows).toEqual([
      ["insert", "a1"],
      ["update", "a1", "a2"],
    ]);
  });

  it("goes to all real heads, and refuses a branch's heads that imply one another", () => {
    const graph = sketchGraph("r #all", "a < r", "b < r ~ a");
    expect(graph.heads).toEqual(["a", "b"]);
    expect(upgrade(graph, "heads")).toBe("r a b -> b");
    expect(upgrade(graph, "all@heads")).toBe("overlappingTargets");
  });

  it("starts a branch where it is applied through a dependency", () => {
    expect(upgrade(sketchGraph("a1 #x", "b1 < a1", "c1 < b1", "a2 ~ b1"), "x@+1", "a2")).toBe("c1 -> a2 c1");
  });
});
