import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { RevisionGraph } from "./revision-graph.ts";
import type { RevisionNode } from "./revision-node.ts";
import type { RevisionPlan, VersionRowAction } from "./revision-plan.ts";
import { squashRange } from "./sketch-squash.ts";

/** Nodes of a line of sketches `id < parents ~ dependencies = replaced`. */
function readNodes(sketch: string): readonly RevisionNode[] {
  return sketch.split("; ").map((line) => {
    const match = /^(\S+)(?: < ([^~=]+?))?(?: ~ ([^=]+?))?(?: = (.+))?$/.exec(line);
    const [, revision = "", parents, dependencies, replaced] = match ?? [];
    const words = (text: string | undefined): readonly string[] => text?.split(" ") ?? [];
    return { revision, downRevision: words(parents), dependsOn: words(dependencies), replaces: words(replaced) };
  });
}

const read = (sketch: string): RevisionGraph => RevisionGraph.from(readNodes(sketch));

/** The steps of a plan and the rows afterwards, `r2 r3 | b`. */
const show = ({ steps, heads }: RevisionPlan): string =>
  `${steps.map(({ revision }) => revision).join(" ")} | ${heads.join(" ")}`;

function refusal(attempt: () => unknown): Partial<LimbeckError> {
  try {
    attempt();
  } catch (error) {
    if (error instanceof LimbeckError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

/** `a`, then what `s` replaces, then `z`, which says that it builds on the last of that. */
const LINE = "a; r1 < a; r2 < r1; r3 < r2; z < r3; s < a = r1 r2 r3";

describe("a squashed revision", () => {
  const graph = read(LINE);

  it("is there in the place of what it replaces", () => {
    expect(graph.revisions).toEqual(["a", "z", "s"]);
    expect(graph.newestFirst()).toEqual(["z", "s", "a"]);
    expect(graph.heads).toEqual(["z"]);
    expect(graph.get("z").downRevision).toEqual(["s"]);
    expect(graph.get("s")).toMatchObject({ children: ["z"], replaces: ["r1", "r2", "r3"] });
    expect(read("r1; r2 < r1; s = r1 r2").heads).toEqual(["s"]);
  });

  it("is what a new database runs", () => {
    expect(show(graph.planUpgrade([], "head"))).toBe("a s z | z");
    expect(show(graph.planUpgrade(["a"], "+1"))).toBe("s | s");
    expect(show(graph.planUpgrade(["a"], "r3"))).toBe("s | s");
  });

  it("counts as applied where the database has run all that it replaces, whatever the row says", () => {
    for (const row of ["r3", "s"]) {
      expect(show(graph.planUpgrade([row], "head"))).toBe("z | z");
      expect(graph.planUpgrade([row], "head").versionRows).toEqual([["update", row, "z"]]);
      expect(show(graph.planUpgrade([row], "s"))).toBe(` | ${row}`);
      expect(show(graph.planDowngrade([row], "-1"))).toBe("s | a");
      expect(graph.planDowngrade([row], "-1").versionRows).toEqual([["update", row, "a"]]);
      expect(graph.impliedHeads([row])).toEqual(["s"]);
      expect(graph.has(row)).toBe(true);
      expect(graph.planStamp([row], "s").versionRows).toEqual([]);
    }
    expect(show(graph.planUpgrade(["z"], "head"))).toBe(" | z");
    expect(show(graph.planDowngrade(["z"], "base"))).toBe("z s a | ");
  });

  it("stands aside for a database in the middle", () => {
    expect(show(graph.planUpgrade(["r1"], "head"))).toBe("r2 r3 z | z");
    expect(show(graph.planUpgrade(["r1"], "s"))).toBe("r2 r3 | r3");
    expect(show(graph.planDowngrade(["r2"], "-1"))).toBe("r2 | r1");
    expect(show(graph.planDowngrade(["r2"], "base"))).toBe("r2 r1 a | ");
    expect(graph.impliedHeads(["r2"])).toEqual(["r2"]);
    expect(graph.applied(["r2"])).toEqual(["a", "s"]);
  });

  it("stands aside for a way into the middle", () => {
    expect(show(graph.planUpgrade([], "r2"))).toBe("a r1 r2 | r2");
    expect(show(graph.planDowngrade(["z"], "r1"))).toBe("z r3 r2 | r1");
    expect(graph.planDowngrade(["s"], "r2").versionRows).toEqual([["update", "s", "r2"]]);
    expect(graph.planDowngrade(["r3"], "r2").versionRows).toEqual([["update", "r3", "r2"]]);
    expect(graph.planStamp(["s"], "r2").versionRows).toEqual([["update", "s", "r2"]]);
  });

  it("leaves what it replaces to be looked up", () => {
    expect(graph.resolve("r2")).toEqual(["r2"]);
    expect(graph.resolve("r3")).toEqual(["r3"]);
    expect(graph.get("r3").children).toEqual(["z"]);
    expect(graph.resolveRange("r1:r3")).toEqual(["r3", "r2", "r1"]);
    expect(graph.resolveRange("a:z")).toEqual(["z", "s", "a"]);
    expect(graph.replacementOf("r2")).toBe("s");
    expect(graph.replacementOf("z")).toBeUndefined();
    expect(graph.showing(["r1"]).revisions).toEqual(["a", "r1", "r2", "r3", "z"]);
    expect(show(graph.showing(["r1"]).planUpgrade([], "head"))).toBe("a r1 r2 r3 z | z");
  });

  it("is found by the beginning of any of the names", () => {
    const long = read("base0; first1 < base0; second2 < first1; squash3 < base0 = first1 second2; above4 < second2");
    expect(long.resolve("firs")).toEqual(["first1"]);
    expect(long.resolve("seco")).toEqual(["second2"]);
    expect(show(long.planUpgrade([], "seco"))).toBe("base0 squash3 | squash3");
    expect(show(long.planUpgrade([], "firs"))).toBe("base0 first1 | first1");
  });

  it("does without the files of what it replaces", () => {
    const deleted = read("a; z < r3; s < a = r1 r2 r3");
    expect(show(deleted.planUpgrade([], "head"))).toBe("a s z | z");
    expect(deleted.planUpgrade(["r3"], "head").versionRows).toEqual([["update", "r3", "z"]]);
    expect(show(deleted.planDowngrade(["r3"], "base"))).toBe("s a | ");
    expect(deleted.resolve("r3")).toEqual(["s"]);
    expect([deleted.has("r3"), deleted.has("r2"), deleted.has("s")]).toEqual([true, false, true]);
    expect(deleted.missingOriginals("r2")).toEqual(["r1", "r2", "r3"]);
    for (const attempt of [
      () => deleted.planUpgrade(["r2"], "head"),
      () => deleted.planDowngrade(["z"], "r2"),
      () => deleted.get("r2"),
      () => deleted.resolveRange("r1:z"),
    ])
      expect(refusal(attempt)).toMatchObject({ code: "LB0353", context: { squash: "s", missing: ["r1", "r2", "r3"] } });
  });

  it("needs all the files to stand aside, not some of them", () => {
    const some = read("a; r2 < r1; r3 < r2; z < r3; s < a = r1 r2 r3");
    expect(some.revisions).toEqual(["a", "z", "s"]);
    expect(refusal(() => some.planUpgrade(["r2"], "head"))).toMatchObject({
      code: "LB0353",
      context: { missing: ["r1"] },
    });
  });

  it("stands aside for good where something outside needs the middle", () => {
    const branched = read(`${LINE}; x < r2`);
    expect(branched.heads).toEqual(["z", "x"]);
    expect(show(branched.planUpgrade([], "heads"))).toBe("a r1 r2 x r3 z | x z");
    expect(branched.planUpgrade(["s"], "z").versionRows).toEqual([["update", "s", "z"]]);
    expect(refusal(() => read("a; z < r3; s < a = r1 r2 r3; x < r2"))).toMatchObject({
      code: "LB0354",
      context: { revision: "x", needed: "r2", squash: "s" },
    });
  });

  it("may be replaced itself", () => {
    const nested = read(`${LINE}; t < a = r1 r2 r3 s z; y < z`);
    expect(nested.revisions).toEqual(["a", "t", "y"]);
    expect(show(nested.planUpgrade([], "head"))).toBe("a t y | y");
    expect(show(nested.planUpgrade(["r3"], "head"))).toBe("z y | y");
    expect(show(nested.planUpgrade(["r1"], "head"))).toBe("r2 r3 z y | y");
    expect(show(nested.planUpgrade(["z"], "head"))).toBe("y | y");
    expect(show(nested.planDowngrade(["y"], "s"))).toBe("y z | s");
    expect(nested.replacementOf("r1")).toBe("t");
    expect(
      refusal(() => read("a; z < r3; s < a = r1 r2 r3; t < a = r1 r2 r3 s z").planUpgrade(["r1"], "head")),
    ).toMatchObject({
      code: "LB0353",
      context: { squash: "s" },
    });
    // Its own file may go before those of what it replaces, without anything being left over.
    const halfDeleted = read("a; r1 < a; r2 < r1; r3 < r2; t < a = r1 r2 r3 s z; y < z");
    expect(halfDeleted.revisions).toEqual(["a", "t", "y"]);
    expect(refusal(() => halfDeleted.planUpgrade(["r2"], "head"))).toMatchObject({ context: { missing: ["s", "z"] } });
  });

  it("is refused where it makes no sense", () => {
    expect(refusal(() => read(`${LINE}; t < a = r2 r3`))).toMatchObject({ code: "LB0350" });
    expect(refusal(() => read("a; s < a = t; t < a = s"))).toMatchObject({ code: "LB0351" });
    expect(refusal(() => read("a; s < a = s"))).toMatchObject({ code: "LB0351" });
    expect(refusal(() => read("a; b < a; r1 < b; r2 < r1; s < a = r1 r2"))).toMatchObject({
      code: "LB0352",
      context: { parents: ["a"], originals: ["b"] },
    });
  });

  it("refuses two rows that mean the same", () => {
    expect(refusal(() => graph.planUpgrade(["r3", "s"], "head"))).toMatchObject({ code: "LB0328" });
  });
});

describe("planSquash", () => {
  const plan = (sketch: string, first: string | null, last: string): unknown => read(sketch).planSquash(first, last);

  it("takes all between the ends, and what they depend on outside", () => {
    expect(plan("a; t; b < a; c < b ~ t; d < b; e < c d; f < e", "b", "e")).toEqual({
      replaces: ["b", "d", "c", "e"],
      downRevision: ["a"],
      dependsOn: ["t"],
      branchLabels: [],
    });
    expect(plan("a; b < a; c < b", null, "b")).toMatchObject({ replaces: ["a", "b"], downRevision: [] });
  });

  it("leaves out dependencies that are there anyway", () => {
    expect(plan("t1; t2 < t1; a ~ t1; b < a ~ t1; c < b ~ t2", "b", "c")).toMatchObject({ dependsOn: ["t2"] });
  });

  it.each([
    ["a; b < a", "b", "a", "LB1241"],
    ["a; b < a", "b", "b", "LB1242"],
    ["a; x; m < a x", null, "m", "LB1243"],
    ["a; b < a; c < a; m < b c; d < m", "b", "d", "LB1244"],
    ["a; b < a; c < b; x < b", "a", "c", "LB1245"],
    ["a; b < a; c < b; x ~ b", "a", "c", "LB1245"],
    [LINE.replace("; z < r3", ""), "a", "s", "LB1246"],
  ])("refuses a range with other ways in or out: %s", (sketch, first, last, code) => {
    expect(refusal(() => plan(sketch, first, last))).toMatchObject({ code });
  });
});

/** A database of which it is known what has run on it. */
class Model {
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
    expect([...this.rows].toSorted()).toEqual(heads);
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
  function wander(model: Model, graph: RevisionGraph, targets: readonly string[]): void {
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

        const start = new Model(nodes);
        wander(start, original, pick(["heads", "base", ...original.revisions], moves));
        const { applied } = start;
        const rows = [...start.rows];
        const isInside = ![0, replaced.size].includes(replaced.intersection(applied).size);
        if (isInside) inside += 1;

        const rename = (revision: string): string => (revision === range.last ? "s" : revision);
        expect(kept.heads.toSorted()).toEqual(original.heads.map(rename).toSorted());
        expect(deleted.heads.toSorted()).toEqual(kept.heads.toSorted());

        for (const graph of [kept, deleted]) {
          const place = (): Model => new Model(all, [...applied], rows);
          if (graph === deleted && isInside) {
            expect(refusal(() => graph.planUpgrade(rows, "heads"))).toMatchObject({ code: "LB0353" });
            continue;
          }
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
        const model = new Model([...nodes, squash]);
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
        const model = new Model([...nodes, squash, twice.squash]);
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
