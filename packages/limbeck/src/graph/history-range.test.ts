import { describe, expect, it } from "vitest";
import { GraphError } from "../kernel/errors/graph-errors.ts";
import type { RevisionGraph } from "./revision-graph.ts";
import { sketchGraph } from "./sketch-graph.ts";

function list(graph: RevisionGraph, range: string, rows?: readonly string[]): string {
  try {
    return graph.resolveRange(range, rows).join(" ");
  } catch (error) {
    if (error instanceof GraphError) return error.reason;
    throw error;
  }
}

describe("a range on one line", () => {
  const line = sketchGraph("a", "b < a", "c < b", "d < c", "e < d");

  it.each<[range: string, result: string]>([
    [":", "e d c b a"],
    ["b:d", "d c b"],
    ["b..d", "d c b"],
    ["..c", "c b a"],
    ["d..", "e d"],
    ["b..c..d", "malformedTarget"],
    ["b:", "e d c b"],
    [":c", "c b a"],
    ["base:c", "c b a"],
    ["c:c", "c"],
    ["-2:head", "e d c"],
    ["-2:d", "d c b"],
    ["-9:head", "e d c b a"],
    ["b:+2", "d c b"],
    ["b:+9", "e d c b"],
    ["base:+2", "b a"],
    ["d-2:e-1", "d c b"],
    ["+2:", "e d c b"],
    ["d:b", "notAnAncestor"],
    ["e:base", "notAnAncestor"],
    [":-1", "wrongDirection"],
    ["b", "malformedTarget"],
    ["a:b:c", "malformedTarget"],
    ["nope:", "unknownRevision"],
  ])("%s", (range, result) => {
    expect(list(line, range)).toBe(result);
  });

  it("may start or end where the database stands", () => {
    expect(list(line, "current:", ["c"])).toBe("e d c");
    expect(list(line, ":current", ["c"])).toBe("c b a");
    expect(list(line, "-1:current", ["c"])).toBe("c b");
    expect(list(line, "current:")).toBe("malformedTarget");
  });
});

describe("a range whose upper end depends on the lower one", () => {
  const graph = sketchGraph("a", "b1 < a", "b2 < b1", "c1 < a", "c2 < c1 ~ b2");

  it.each<[range: string, result: string]>([
    ["b1:c2", "c2 b2 b1"],
    ["b2:c2", "c2 b2"],
    ["c1:c2", "c2 c1"],
    ["a:c2", "c2 c1 b2 b1 a"],
    ["b1:", "c2 b2 b1"],
    ["b1:c1", "notAnAncestor"],
  ])("%s", (range, result) => {
    expect(list(graph, range)).toBe(result);
  });
});

describe("a range on labelled branches", () => {
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

  it.each<[range: string, result: string]>([
    ["ebranch@base:heads", "f someothername e d"],
    ["abranch@base:heads", "c somelongername b a"],
    ["base:ebranch@head", "f someothername e d"],
    ["ebranch@head:heads", "f"],
    ["ebranch@d:heads", "f someothername e d"],
    ["e@base:heads", "f someothername e d"],
    ["ebranch@-2:heads", "f someothername e"],
    ["base:ebranch@+2", "e d"],
  ])("%s", (range, result) => {
    expect(list(graph, range)).toBe(result);
  });
});

describe("the order of a graph, newest first", () => {
  it.each<[name: string, lines: readonly string[], range: string, result: string]>([
    ["a diamond", ["a", "b1 < a", "b2 < a", "c < b1 b2", "d < c"], ":", "d c b1 b2 a"],
    [
      "a long branch beside a short one",
      ["a", "b1 < a", "b2 < a", "c1 < b1", "d11 < c1", "d12 < c1"],
      ":",
      "b2 d11 d12 c1 b1 a",
    ],
    [
      "a dependency within a line",
      ["base1", "a1 < base1", "b1 < a1", "c2", "c3 < c2", "a2", "x ~ c3 a2"],
      "base:b1",
      "b1 a1 base1",
    ],
  ])("%s", (_, lines, range, result) => {
    expect(list(sketchGraph(...lines), range)).toBe(result);
  });

  const travelling = sketchGraph(
    "a1; a2 < a1; a3 < a2; b1 < a3; b2 < a3; cb1 < b1; cb2 < b2; db1 < cb1; db2 < cb2",
    "e1b1 < db1; fe1b1 < e1b1; e2b1 < db1; e2b2 < db2; merge < e2b1 e2b2",
  );

  it.each<[range: string, result: string]>([
    ["a1:merge", "merge e2b1 db1 cb1 b1 e2b2 db2 cb2 b2 a3 a2 a1"],
    ["b1:merge", "merge e2b1 db1 cb1 b1"],
    ["a3:heads", "fe1b1 e1b1 merge e2b1 db1 cb1 b1 e2b2 db2 cb2 b2 a3"],
    ["-2:merge", "merge e2b1 db1 e2b2 db2"],
  ])("finishes all branches before their branch point: %s", (range, result) => {
    expect(list(travelling, range)).toBe(result);
  });

  it("puts dependants before what they depend on, on whatever branch", () => {
    const cross = sketchGraph(
      "base1 #b_1; a1a < base1; a1b < base1; b1a < a1a; b1b < a1b ~ a3",
      "base2 #b_2; a2 < base2; b2 < a2; c2 < b2 ~ a3; d2 < c2",
      "base3 #b_3; a3 < base3; b3 < a3",
    );
    expect(list(cross, ":")).toBe("b1a a1a b1b a1b base1 d2 c2 b2 a2 base2 b3 a3 base3");
    expect(list(cross, ":b_2@head")).toBe("d2 c2 b2 a2 base2 a3 base3");
    expect(list(cross, ":b1b@head")).toBe("b1b a1b base1 a3 base3");
    expect(list(cross, "d2:b2")).toBe("notAnAncestor");
    expect(list(cross, "d2:b3")).toBe("notAnAncestor");
    const steps = (target: string) =>
      cross.planDowngrade(["b1a", "b1b", "d2", "b3"], target).steps.map((step) => step.revision);
    expect(steps("base").join(" ")).toBe("b1a a1a b1b a1b base1 d2 c2 b2 a2 base2 b3 a3 base3");
    expect(steps("b_3@base").join(" ")).toBe("b1b d2 c2 b3 a3 base3");
  });

  it("stays on a branch that declares the same dependency twice", () => {
    expect(list(sketchGraph("a; b ~ a; c < b ~ a; d"), ":")).toBe("c b a d");
  });

  it("keeps a range in order when what connects its parts is not in it", () => {
    // `b` and `c` build on `a`; `d` is above `b` only through `x`, which does not build on `a`.
    const gap = sketchGraph("a", "b < a", "x ~ b", "c < a", "d < c ~ x");
    expect(list(gap, "a:d")).toBe("d c b a");
  });

  it("does not depend on the order of the files but for branches that have nothing to do with each other", () => {
    const one = sketchGraph("a1", "b1 < a1", "a2", "b2 < a2");
    const other = sketchGraph("b2 < a2", "a2", "a1", "b1 < a1");
    expect(list(one, ":")).toBe("b1 a1 b2 a2");
    expect(list(other, ":")).toBe("b2 a2 b1 a1");
    const line = ["c < b", "a", "d < c", "b < a"];
    expect(list(sketchGraph(...line), ":")).toBe(list(sketchGraph(...line.toReversed()), ":"));
  });
});
