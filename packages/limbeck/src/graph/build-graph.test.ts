import { describe, expect, it } from "vitest";
import { GraphError } from "../kernel/errors/graph-errors.ts";
import { RevisionGraph } from "./revision-graph.ts";
import type { RevisionNode } from "./revision-node.ts";
import { sketchGraph } from "./sketch-graph.ts";

function refusal(build: () => unknown): Pick<GraphError, "reason" | "context"> {
  try {
    build();
  } catch (error) {
    if (error instanceof GraphError) return { reason: error.reason, context: error.context };
    throw error;
  }
  throw new Error("It was not refused.");
}

describe("a graph that is not sound is refused", () => {
  it.each<[name: string, lines: readonly string[], reason: string, context: object]>([
    ["a revision that builds on itself", ["a < a"], "selfLoop", { revision: "a", field: "downRevision" }],
    ["a merge with itself", ["a", "b < a b"], "selfLoop", { revision: "b", field: "downRevision" }],
    ["a revision that depends on itself", ["a", "b < a ~ b"], "selfLoop", { revision: "b", field: "dependsOn" }],
    [
      "a revision that depends on its own label",
      ["a", "b < a ~ x #x"],
      "selfLoop",
      { revision: "b", field: "dependsOn" },
    ],
    ["two that build on one another", ["a < b", "b < a"], "cycle", { revisions: ["a", "b"] }],
    ["a cycle below a sound head", ["a < c", "b < a", "c < b", "d < c"], "cycle", { revisions: ["a", "c", "b"] }],
    ["a cycle above a sound base", ["a", "b < a d", "c < b", "d < c"], "cycle", { revisions: ["b", "d", "c"] }],
    ["a cycle beside a sound line", ["x", "y < x", "a < b", "b < a"], "cycle", { revisions: ["a", "b"] }],
    ["dependencies that close a circle", ["a ~ b", "b < a"], "dependencyCycle", { revisions: ["a", "b"] }],
    [
      "two branches that wait for each other",
      ["a ~ d", "b < a", "c ~ b", "d < c"],
      "dependencyCycle",
      { revisions: ["a", "d", "c", "b"] },
    ],
    ["a missing parent", ["a", "b < a1"], "missingParent", { revision: "b", missing: "a1" }],
    ["a label as a parent", ["a #x", "b < x"], "missingParent", { revision: "b", missing: "x" }],
    ["a missing dependency", ["a", "b < a ~ c"], "missingDependency", { revision: "b", missing: "c" }],
    ["a duplicate id", ["a", "b < a", "b < a"], "duplicateRevision", { revision: "b" }],
    ["a duplicate label", ["a #x", "b < a #x"], "duplicateLabel", { label: "x", revision: "b", other: "a" }],
    ["a label that is an id", ["a", "b < a #a"], "duplicateLabel", { label: "a", revision: "b", other: "a" }],
    ["an id that later is a label", ["a #b", "b < a"], "duplicateLabel", { label: "b", revision: "a", other: "b" }],
    [
      "an id with characters of the target grammar",
      ["a-b@c"],
      "illegalRevisionId",
      { revision: "a-b@c", characters: ["-", "@"] },
    ],
    [
      "a label with characters of the target grammar",
      ["a #x+y"],
      "illegalLabel",
      { label: "x+y", revision: "a", characters: ["+"] },
    ],
    ["an id that is a word of the target grammar", ["head"], "reservedName", { name: "head", revision: "head" }],
    ["a label that is a word of the target grammar", ["a #base"], "reservedName", { name: "base", revision: "a" }],
  ])("%s", (_, lines, reason, context) => {
    expect(refusal(() => sketchGraph(...lines))).toEqual({ reason, context });
  });

  it("an id or a label that is empty or has white space", () => {
    const build = (revision: RevisionNode) => refusal(() => RevisionGraph.from([revision])).reason;
    expect(build({ revision: "", downRevision: null })).toBe("illegalRevisionId");
    expect(build({ revision: "a b", downRevision: null })).toBe("illegalRevisionId");
    expect(build({ revision: "a", downRevision: null, branchLabels: [""] })).toBe("illegalLabel");
  });

  it("does not take an id that is part of another one for a loop", () => {
    expect(sketchGraph("user", "user_1 < user", "user_11 < user_1").heads).toEqual(["user_11"]);
  });
});

describe("a graph tells", () => {
  const graph = sketchGraph("a", "b < a #billing", "c < b", "x", "y < x ~ c #shop", "z < y", "m < z c");

  it("its ends, with and without dependencies", () => {
    expect([graph.heads, graph.bases, graph.realHeads, graph.effectiveHeads]).toEqual([["m"], ["a", "x"], ["m"], []]);
    const effective = sketchGraph("a", "b < a", "x ~ b");
    expect([effective.heads, effective.realHeads, effective.effectiveHeads]).toEqual([["b", "x"], ["x"], ["b"]]);
  });

  it("all about one revision", () => {
    expect(graph.get("c")).toEqual({
      revision: "c",
      downRevision: ["b"],
      dependsOn: [],
      children: ["m"],
      dependents: ["y"],
      ownLabels: [],
      branchLabels: ["billing"],
      replaces: [],
      isBase: false,
      isHead: false,
      isEffectiveHead: false,
      isBranchPoint: false,
      isMergePoint: false,
    });
    expect(graph.get("m")).toMatchObject({
      downRevision: ["z", "c"],
      branchLabels: ["billing", "shop"],
      isHead: true,
      isMergePoint: true,
    });
    expect(sketchGraph("a", "b ~ a").get("a")).toMatchObject({ isHead: true, isEffectiveHead: true });
    expect(sketchGraph("a", "b < a", "c < a").get("a")).toMatchObject({ isBranchPoint: true, children: ["b", "c"] });
  });

  it("ancestors and descendants, with and without dependencies", () => {
    expect(graph.ancestors(["y"])).toEqual(["a", "b", "c", "x", "y"]);
    expect(graph.ancestors(["y"], "versioned")).toEqual(["x", "y"]);
    expect(graph.descendants(["c"])).toEqual(["c", "y", "z", "m"]);
    expect(graph.descendants(["c"], "versioned")).toEqual(["c", "m"]);
  });

  it("nothing when it is empty", () => {
    const empty = RevisionGraph.from([]);
    expect([
      empty.heads,
      empty.resolve("head"),
      empty.resolve("heads"),
      empty.newestFirst(),
      empty.resolveRange(":"),
    ]).toEqual([[], [], [], [], []]);
    expect(empty.planUpgrade([], "head").steps).toEqual([]);
  });

  it("what a branch label marks: all above it, and below it down to where the branch began", () => {
    const labelled = sketchGraph("a", "b < a", "c < b #x", "d < c", "e < a");
    expect(["a", "b", "c", "d", "e"].map((id) => labelled.get(id).branchLabels)).toEqual([[], ["x"], ["x"], ["x"], []]);
    const aboveMerge = sketchGraph("a", "b", "m < a b", "c < m", "d < c #x");
    expect(["a", "m", "c", "d"].map((id) => aboveMerge.get(id).branchLabels)).toEqual([[], [], ["x"], ["x"]]);
    const forked = sketchGraph("a", "b < a #x", "c < b", "d < b");
    expect(["a", "b", "c", "d"].map((id) => forked.get(id).branchLabels)).toEqual([[], ["x"], ["x"], ["x"]]);
    const merged = sketchGraph("a", "x1 < a #x", "y1", "m < x1 y1", "n < m");
    expect(["a", "x1", "y1", "m", "n"].map((id) => merged.get(id).branchLabels)).toEqual([[], ["x"], [], ["x"], ["x"]]);
    const dependedOn = sketchGraph("a", "b < a #x", "c < b", "other ~ c");
    expect(["a", "b", "c", "other"].map((id) => dependedOn.get(id).branchLabels)).toEqual([["x"], ["x"], ["x"], []]);
  });

  it("the same from one parent as a string, an array of one, or a list that repeats it", () => {
    const plans = ["a", ["a"], ["a", "a"]].map((downRevision) =>
      RevisionGraph.from([
        { revision: "a", downRevision: [] },
        { revision: "b", downRevision },
      ]).planUpgrade([], "head"),
    );
    expect(plans[0]?.versionRows).toEqual([
      ["insert", "a"],
      ["update", "a", "b"],
    ]);
    expect(plans[1]).toEqual(plans[0]);
    expect(plans[2]).toEqual(plans[0]);
  });
});
