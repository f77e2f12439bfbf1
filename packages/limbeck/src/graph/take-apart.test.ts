import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RevisionGraph } from "./revision-graph.ts";
import { sketchGraph } from "./sketch-graph.ts";

describe("takeApart", () => {
  it("finds the fork, and what each side has of its own, the oldest first", () => {
    const graph = sketchGraph("a; b < a; c1 < b; c2 < c1; d1 < b");
    expect(graph.takeApart(["c2", "d1"])).toEqual({ fork: ["b"], sides: [["c1", "c2"], ["d1"]] });
  });

  it("finds no fork where branches have nothing in common", () => {
    expect(sketchGraph("a; b < a; x").takeApart(["b", "x"])).toEqual({ fork: [], sides: [["a", "b"], ["x"]] });
  });

  it("counts what the common part depends on as common", () => {
    const graph = sketchGraph("t; a ~ t; b < a; c < a");
    expect(graph.takeApart(["b", "c"])).toEqual({ fork: ["a"], sides: [["b"], ["c"]] });
  });

  it("takes apart what only some of several branches share", () => {
    const graph = sketchGraph("a; b < a; c < b; d < b; e < a");
    expect(graph.takeApart(["c", "d", "e"])).toEqual({ fork: ["a"], sides: [["b", "c"], ["b", "d"], ["e"]] });
  });
});

describe("planInOrder", () => {
  const run = (graph: RevisionGraph, rows: readonly string[], revisions: readonly string[]): string =>
    graph
      .planInOrder(rows, revisions)
      .steps.map(({ revision }) => revision)
      .join(" ");

  it("runs one side before the other, or the other way round", () => {
    const graph = sketchGraph("a; b1 < a; b2 < b1; c < a");
    expect(run(graph, ["a"], ["b1", "b2", "c"])).toBe("b1 b2 c");
    expect(run(graph, ["a"], ["c", "b1", "b2"])).toBe("c b1 b2");
    expect(graph.planInOrder(["a"], ["c", "b1", "b2"]).heads).toEqual(["b2", "c"]);
  });

  it("brings in what a side depends on, no earlier than it is needed", () => {
    const graph = sketchGraph("a; b1 < a; b2 < b1; c1 < a; c2 < c1 ~ b1");
    expect(run(graph, ["a"], ["b1", "b2", "c1", "c2"])).toBe("b1 b2 c1 c2");
    expect(run(graph, ["a"], ["c1", "c2", "b1", "b2"])).toBe("c1 b1 c2 b2");
  });

  it("gives the same order twice where one side depends on all of the other", () => {
    const graph = sketchGraph("a; b < a; c < a ~ b");
    expect(run(graph, ["a"], ["b", "c"])).toBe("b c");
    expect(run(graph, ["a"], ["c", "b"])).toBe("b c");
  });

  it("ends at the same rows in both orders, and runs nothing before what it needs, in any history", () => {
    const recipe = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(recipe, fc.nat(), fc.nat(), (nodes, one, two) => {
        const name = (index: number): string => `r${index}`;
        const below = (index: number, picks: readonly number[]): readonly string[] =>
          index === 0 ? [] : [...new Set(picks.map((pick) => name(pick % index)))];
        const graph = RevisionGraph.from(
          nodes.map((picks, index) => ({
            revision: name(index),
            downRevision: below(index, picks.slice(0, 2)),
            dependsOn: below(index, picks.slice(2)),
          })),
        );
        const tops = [name(one % nodes.length), name(two % nodes.length)];
        const { fork, sides } = graph.takeApart(tops);
        const start = graph.planUpgrade([], fork);
        const before = new Set(start.steps.map(({ revision }) => revision));
        const ends = [sides, sides.toReversed()].map((order) => {
          const plan = graph.planInOrder(start.heads, order.flat());
          const applied = new Set(before);
          for (const { revision } of plan.steps) {
            const { downRevision, dependsOn } = graph.get(revision);
            expect([...downRevision, ...dependsOn].filter((needed) => !applied.has(needed))).toEqual([]);
            expect(applied.has(revision)).toBe(false);
            applied.add(revision);
          }
          expect(graph.ancestors(tops).filter((revision) => !applied.has(revision))).toEqual([]);
          return plan.heads;
        });
        expect(ends[0]).toEqual(ends[1]);
      }),
    );
  });
});
