import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { RevisionGraph } from "./revision-graph.ts";
import type { RevisionNode } from "./revision-node.ts";
import { sketchGraph } from "./sketch-graph.ts";

/** What moves, and the new parents: `moved | revision < parents; ...`. */
function plan(sketch: string, branch: string, onto: string): string {
  const { moved, parents } = sketchGraph(sketch).planRebase(branch, onto);
  const changes = Array.from(parents, ([revision, chosen]) => `${revision} < ${chosen.join(" ")}`);
  return `${moved.join(" ")} | ${changes.join("; ")}`;
}

function refusal(sketch: string, branch: string, onto: string): Partial<LimbeckError> {
  try {
    sketchGraph(sketch).planRebase(branch, onto);
  } catch (error) {
    if (error instanceof LimbeckError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

describe("planRebase", () => {
  it("puts the first revision of a branch on top of another one", () => {
    expect(plan("a; b1 < a; c1 < a", "c1", "b1")).toBe("c1 | c1 < b1");
    expect(plan("a; b1 < a; b2 < b1; c1 < a; c2 < c1", "c2", "b2")).toBe("c1 c2 | c1 < b2");
  });

  it("moves the branch as a whole, whichever of its revisions is named", () => {
    const sketch = "a; b1 < a; c1 < a; c2 < c1; c3 < c2; d < c1";
    expect(plan(sketch, "c2", "b1")).toBe(plan(sketch, "c1", "b1"));
    expect(plan(sketch, "c2", "b1")).toMatch(/ \| c1 < b1$/);
  });

  it("leaves what both have in common where it is, also a part of the branch", () => {
    expect(plan("a; b < a; c1 < b; d1 < b", "d1", "c1")).toBe("d1 | d1 < c1");
  });

  it("moves branches from other bases", () => {
    expect(plan("a; b < a; x; y < x", "y", "b")).toBe("x y | x < b");
  });

  it("keeps merge points inside the branch", () => {
    expect(plan("a; b < a; c1 < a; c2 < c1; c3 < c1; c4 < c2 c3", "c4", "b")).toBe("c1 c3 c2 c4 | c1 < b");
  });

  it("turns a merge with the other branch into a step of the line", () => {
    expect(plan("a; b1 < a; b2 < b1; c1 < a; m < c1 b1; c2 < m", "c2", "b2")).toBe("c1 m c2 | c1 < b2; m < c1");
    expect(plan("a; b < a; c < a; m < b c", "m", "b")).toBe("c m | c < b; m < c");
  });

  it("keeps what else a merge on top brings in", () => {
    expect(plan("a; b < a; c < a; d < a; m < c d", "c", "b")).toBe("c m | c < b");
    expect(plan("a; b < a; c < a; d < a; m < b c d", "c", "b")).toBe("c m | c < b; m < c d");
  });

  it("moves several first revisions at once", () => {
    expect(plan("a; b < a; c < a; d < a; m < c d", "m", "b")).toMatch(/\| (c < b; d < b|d < b; c < b)$/);
  });

  it("has nothing to do where one builds on the other", () => {
    const sketch = "a; b < a; c < b";
    for (const [branch, onto] of [
      ["c", "b"],
      ["b", "c"],
      ["c", "a"],
      ["b", "b"],
    ] as const)
      expect(refusal(sketch, branch, onto)).toMatchObject({ code: "LB1225" });
  });

  it("refuses to put a revision on top of what needs it", () => {
    expect(refusal("a; b < a; c < a ~ b", "b", "c")).toMatchObject({
      code: "LB1224",
      context: { onto: "c", dependent: "c", needed: "b" },
    });
    expect(refusal("a; b1 < a; b2 < b1; t ~ b1; c < a ~ t", "b2", "c")).toMatchObject({
      context: { dependent: "t", needed: "b1" },
    });
    expect(plan("a; b < a; c < a ~ b", "c", "b")).toBe("c | c < b");
  });

  it("gives a sound history in which the branch comes after the place, and nothing else changes, in any graph", () => {
    const recipe = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(recipe, fc.nat(), fc.nat(), (nodes, one, two) => {
        const name = (index: number): string => `r${index}`;
        const below = (index: number, picks: readonly number[]): readonly string[] =>
          index === 0 ? [] : [...new Set(picks.map((pick) => name(pick % index)))];
        const revisions: readonly RevisionNode[] = nodes.map((picks, index) => ({
          revision: name(index),
          downRevision: below(index, picks.slice(0, 2)),
          dependsOn: below(index, picks.slice(2)),
        }));
        const graph = RevisionGraph.from(revisions);
        const [branch, onto] = [name(one % nodes.length), name(two % nodes.length)];
        const planned = (() => {
          try {
            return graph.planRebase(branch, onto);
          } catch (error) {
            if (error instanceof LimbeckError) return undefined;
            throw error;
          }
        })();
        fc.pre(planned !== undefined);
        const rebased = RevisionGraph.from(
          revisions.map((node) => ({ ...node, downRevision: planned.parents.get(node.revision) ?? node.downRevision })),
        );
        const isAbove = new Set(rebased.descendants([onto], "versioned"));
        expect(
          planned.moved.filter(
            (revision) => !isAbove.has(revision) && graph.ancestors([branch], "versioned").includes(revision),
          ),
        ).toEqual([]);
        // Nobody loses what came before: what a revision had below it, it still has.
        for (const { revision } of revisions) {
          const now = new Set(rebased.ancestors([revision]));
          expect(graph.ancestors([revision]).filter((before) => !now.has(before))).toEqual([]);
        }
        expect(rebased.heads.length).toBeLessThanOrEqual(graph.heads.length);
        expect([...planned.parents.keys()].filter((revision) => !planned.moved.includes(revision))).toEqual([]);
      }),
    );
  });
});
