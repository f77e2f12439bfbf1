import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { invertVersionRows } from "./invert-version-rows.ts";
import type { VersionRowAction } from "./revision-plan.ts";
import { RevisionGraph } from "./revision-graph.ts";

/** The rows after some changes, each of which must find what it changes. */
function apply(rows: ReadonlySet<string>, actions: readonly VersionRowAction[]): ReadonlySet<string> {
  const next = new Set(rows);
  for (const action of actions) {
    const [kind, first, second] = action;
    if (kind !== "insert" && !next.delete(first)) throw new Error(`There is no row ${first} to ${kind}.`);
    const added = kind === "update" ? second : first;
    if (kind !== "delete" && added !== undefined) next.add(added);
  }
  return next;
}

describe("invertVersionRows", () => {
  it("takes each change back, the last one first", () => {
    expect(
      invertVersionRows([
        ["delete", "a"],
        ["update", "b", "c"],
        ["insert", "d"],
      ]),
    ).toEqual([
      ["delete", "d"],
      ["update", "c", "b"],
      ["insert", "a"],
    ]);
  });

  it("gives back the rows from before each step of any history, merges and dependencies included", () => {
    const parents = fc.array(fc.array(fc.nat(), { maxLength: 2 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(parents, (recipe) => {
        const name = (index: number): string => `r${index}`;
        const below = (index: number, picks: readonly number[]): readonly string[] =>
          index === 0 ? [] : [...new Set(picks.map((pick) => name(pick % index)))];
        const graph = RevisionGraph.from(
          recipe.map((picks, index) => ({
            revision: name(index),
            downRevision: below(index, picks.slice(0, 1)),
            dependsOn: below(index, picks.slice(1)),
          })),
        );
        let rows: ReadonlySet<string> = new Set();
        for (const { versionRows } of graph.planUpgrade([], "heads").steps) {
          const after = apply(rows, versionRows);
          expect(apply(after, invertVersionRows(versionRows))).toEqual(rows);
          rows = after;
        }
      }),
    );
  });
});
