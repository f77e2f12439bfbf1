import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { RevisionGraph } from "./revision-graph.ts";
import type { RevisionNode } from "./revision-node.ts";
import type { RevisionPlan, VersionRowAction } from "./revision-plan.ts";
import { squashRange } from "./sketch-squash.ts";

/** The code of the error that an attempt ends with; undefined when it ends well. */
function findCode(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof LimbeckError) return error.code;
    throw error;
  }
}

/** A database of which it is known what has run on it. */
class ModelDatabase {
  applied: ReadonlySet<string>;
  rows: ReadonlySet<string>;
  readonly #nodes: ReadonlyMap<string, RevisionNode>;

  constructor(nodes: readonly RevisionNode[], applied: readonly string[] = [], rows: readonly string[] = []) {
    this.#nodes = new Map(nodes.map((node) => [node.revision, node]));
    this.applied = new Set(applied);
    this.rows = new Set(rows);
  }

  #listReplaced(revision: string): readonly string[] {
    const replaces = [this.#nodes.get(revision)?.replaces ?? []].flat();
    return replaces.length === 0 ? [revision] : replaces.flatMap((member) => this.#listReplaced(member));
  }

  #listNeeded(revision: string): readonly string[] {
    const { downRevision, dependsOn } = this.#nodes.get(revision) ?? {};
    return [downRevision ?? [], dependsOn ?? []].flat(2).flatMap((needed) => this.#listReplaced(needed));
  }

  #move([kind, row, to]: VersionRowAction): void {
    const rows = new Set(this.rows);
    if (kind !== "insert" && !rows.delete(row)) throw new Error(`There is no row ${row} to ${kind}.`);
    const added = kind === "update" ? to : kind === "insert" ? row : undefined;
    if (added !== undefined && rows.has(added)) throw new Error(`There is a row ${added} already.`);
    if (added !== undefined) rows.add(added);
    this.rows = rows;
  }

  /** Carries a plan out; throws where a step could not run, or moves a row that is not there. */
  run({ steps, heads }: RevisionPlan): void {
    for (const { direction, revision, versionRows } of steps) {
      const own = new Set(this.#listReplaced(revision));
      const isApplied = own.intersection(this.applied);
      if (direction === "up") {
        const missing = this.#listNeeded(revision).filter((needed) => !this.applied.has(needed) && !own.has(needed));
        if (isApplied.size > 0 || missing.length > 0) throw new Error(`${revision} cannot go up.`);
        this.applied = this.applied.union(own);
      } else {
        const left = this.applied.difference(own);
        const broken = [...left].filter((one) => this.#listNeeded(one).some((needed) => own.has(needed)));
        if (isApplied.size < own.size || broken.length > 0) throw new Error(`${revision} cannot go down.`);
        this.applied = left;
      }
      for (const action of versionRows) this.#move(action);
    }
    const rows = [...this.rows].toSorted();
    if (rows.join() !== heads.join())
      throw new Error(`The rows are ${rows.join()}, and the plan says ${heads.join()}.`);
  }
}

describe("any history, squashed anywhere", () => {
  interface Case {
    readonly nodes: readonly RevisionNode[];
    readonly original: RevisionGraph;
    readonly range: { readonly first: string | null; readonly last: string };
    readonly moves: readonly number[];
  }

  const recipe = fc.record({
    // Mostly lines, or hardly any range would have one way in and one way out.
    picks: fc.array(
      fc.record({
        parents: fc.oneof({ weight: 5, arbitrary: fc.constant([0]) }, fc.array(fc.nat({ max: 3 }), { maxLength: 2 })),
        dependencies: fc.oneof(
          { weight: 4, arbitrary: fc.constant([]) },
          fc.array(fc.nat({ max: 9 }), { maxLength: 1 }),
        ),
      }),
      { minLength: 3, maxLength: 10 },
    ),
    range: fc.nat(),
    moves: fc.array(fc.nat(), { maxLength: 6 }),
  });

  function listRanges(original: RevisionGraph): readonly Case["range"][] {
    return [null, ...original.revisions].flatMap((first) =>
      original.revisions.flatMap((last) => {
        try {
          original.planSquash(first, last);
          return [{ first, last }];
        } catch (error) {
          if (error instanceof LimbeckError) return [];
          throw error;
        }
      }),
    );
  }

  function build({
    picks,
    range,
    moves,
  }: typeof recipe extends fc.Arbitrary<infer Value> ? Value : never): Case | undefined {
    const name = (index: number): string => `r${index}`;
    const below = (index: number, back: readonly number[]): readonly string[] => [
      ...new Set(
        back
          .map((steps) => index - 1 - steps)
          .filter((place) => place >= 0)
          .map(name),
      ),
    ];
    const nodes = picks.map(({ parents, dependencies }, index) => ({
      revision: name(index),
      downRevision: below(index, parents),
      dependsOn: below(index, dependencies),
    }));
    const original = RevisionGraph.from(nodes);
    const ranges = listRanges(original);
    const chosen = ranges[range % Math.max(ranges.length, 1)];
    return chosen && { nodes, original, range: chosen, moves };
  }

  /** Moves a database to some places, up or down, as far as the target makes sense from where it stands. */
  function wander(model: ModelDatabase, graph: RevisionGraph, targets: readonly string[]): void {
    for (const target of targets) {
      const rows = [...model.rows];
      const plan = [() => graph.planUpgrade(rows, target), () => graph.planDowngrade(rows, target)]
        .map((attempt) => {
          try {
            return attempt();
          } catch (error) {
            if (error instanceof LimbeckError && error.code !== "LB0353") return undefined;
            throw error;
          }
        })
        .find((found) => found !== undefined && found.steps.length > 0);
      if (plan) model.run(plan);
    }
  }

  const pick = (names: readonly string[], numbers: readonly number[]): readonly string[] =>
    numbers.map((number) => names[number % names.length] ?? "heads");

  it("takes databases from wherever the originals have left them to the heads, to base, and back", () => {
    let inside = 0;
    fc.assert(
      fc.property(recipe, (given) => {
        const found = build(given);
        fc.pre(found !== undefined);
        const { nodes, original, range, moves } = found;
        const { squash, kept, deleted } = squashRange(nodes, { ...range, id: "s" });
        const all = [...nodes, squash];
        const replaced = new Set(squash.replaces);

        const start = new ModelDatabase(nodes);
        wander(start, original, pick(["heads", "base", ...original.revisions], moves));
        const { applied } = start;
        const rows = [...start.rows];
        const isInside = ![0, replaced.size].includes(replaced.intersection(applied).size);
        if (isInside) inside += 1;

        const rename = (revision: string): string => (revision === range.last ? "s" : revision);
        expect(kept.heads.toSorted()).toEqual(original.heads.map(rename).toSorted());
        expect(deleted.heads.toSorted()).toEqual(kept.heads.toSorted());

        const code = isInside ? "LB0353" : undefined;
        expect(findCode(() => deleted.planUpgrade(rows, "heads"))).toBe(code);
        for (const graph of isInside ? [kept] : [kept, deleted]) {
          const place = (): ModelDatabase => new ModelDatabase(all, [...applied], rows);
          const up = place();
          up.run(graph.planUpgrade([...up.rows], "heads"));
          expect(up.applied.size).toBe(nodes.length);
          up.run(graph.planDowngrade([...up.rows], "base"));
          expect([up.applied.size, up.rows.size]).toEqual([0, 0]);
          up.run(graph.planUpgrade([], "heads"));
          expect(up.applied.size).toBe(nodes.length);
          const down = place();
          down.run(graph.planDowngrade([...down.rows], "base"));
          expect([down.applied.size, down.rows.size]).toEqual([0, 0]);
        }
      }),
    );
    // Otherwise the hardest databases were not among them.
    expect(inside).toBeGreaterThan(5);
  });

  it("lets databases wander between original and squashed revisions, with rows that say what has run", () => {
    fc.assert(
      fc.property(recipe, (given) => {
        const found = build(given);
        fc.pre(found !== undefined);
        const { nodes, original, range, moves } = found;
        const { squash, kept } = squashRange(nodes, { ...range, id: "s" });
        const model = new ModelDatabase([...nodes, squash]);
        for (const target of pick(["heads", "base", "s", ...original.revisions], moves)) {
          wander(model, kept, [target]);
          const meant = [...model.rows].map((row) => (row === "s" ? range.last : row));
          expect(new Set(original.ancestors(meant))).toEqual(model.applied);
          // What is applied is what the command line shows, a squashed revision counting when a part of it is.
          const shown = kept.applied([...model.rows]);
          const touched = new Set([...model.applied].map((one) => kept.replacementOf(one) ?? one));
          expect(new Set(shown)).toEqual(touched);
        }
      }),
    );
  });

  it("may be squashed again, the squashed revision inside", () => {
    fc.assert(
      fc.property(recipe, fc.nat(), (given, choice) => {
        const found = build(given);
        fc.pre(found !== undefined);
        const { nodes, original, range, moves } = found;
        const { squash, kept } = squashRange(nodes, { ...range, id: "s" });
        const ranges = listRanges(kept).filter(({ first, last }) =>
          kept.planSquash(first, last).replaces.includes("s"),
        );
        const outer = ranges[choice % Math.max(ranges.length, 1)];
        fc.pre(outer !== undefined);
        const twice = squashRange([...nodes, squash], { ...outer, id: "t" });
        const model = new ModelDatabase([...nodes, squash, twice.squash]);
        wander(model, original, pick(["heads", ...original.revisions], moves));
        model.run(twice.kept.planUpgrade([...model.rows], "heads"));
        expect(model.applied.size).toBe(nodes.length);
        model.run(twice.kept.planDowngrade([...model.rows], "base"));
        expect(model.applied.size).toBe(0);
        model.run(twice.kept.planUpgrade([], "heads"));
        expect(model.applied.size).toBe(nodes.length);
      }),
    );
  });
});
