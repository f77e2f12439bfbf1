import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryRevisions } from "./arbitrary-revisions.ts";
import { RevisionGraph } from "./revision-graph.ts";
import type { RevisionNode } from "./revision-node.ts";
import type { VersionRowAction } from "./revision-plan.ts";

const revisionLists = arbitraryRevisions(14);

const positions = fc.nat();

const pickFrom = (graph: RevisionGraph, position: number): string =>
  graph.revisions[position % graph.revisions.length] ?? "";

/** What a version table should hold: the applied revisions that no applied one needs. Asked of the public graph only. */
function findTops(graph: RevisionGraph, revisions: Iterable<string>): readonly string[] {
  const applied = new Set(graph.ancestors([...revisions]));
  return [...applied]
    .filter((id) => !graph.descendants([id]).some((above) => above !== id && applied.has(above)))
    .toSorted();
}

/** Does what the actions say, and fails where a database would: a row that is not there, or is there twice. */
function carryOut(rows: readonly string[], actions: readonly VersionRowAction[]): readonly string[] {
  const table = new Set(rows);
  for (const action of actions) {
    if (action[0] !== "insert" && !table.delete(action[1])) throw new Error(`No row ${action[1]}`);
    const added = action[0] === "update" ? action[2] : action[1];
    if (action[0] === "delete") continue;
    if (table.has(added)) throw new Error(`Row ${added} is there already`);
    table.add(added);
  }
  return [...table].toSorted();
}

/** A graph, and a state that a database can be in: some targets were upgraded to, one after the other. */
const databases = fc.tuple(revisionLists, fc.array(positions, { maxLength: 3 })).map(([revisions, targets]) => {
  const graph = RevisionGraph.from(revisions);
  const rows = targets.reduce<readonly string[]>(
    (current, target) => graph.planUpgrade(current, pickFrom(graph, target)).heads,
    [],
  );
  return { graph, rows };
});

describe("in any graph", () => {
  it("an upgrade applies what its target needs, each after what it needs itself, and nothing twice", () => {
    fc.assert(
      fc.property(databases, positions, ({ graph, rows }, position) => {
        const target = pickFrom(graph, position);
        const steps = graph.planUpgrade(rows, target).steps.map((step) => step.revision);
        const before = new Set(graph.ancestors(rows));
        expect(steps.toSorted()).toEqual(
          graph
            .ancestors([target])
            .filter((id) => !before.has(id))
            .toSorted(),
        );
        for (const step of steps) {
          const { downRevision, dependsOn } = graph.get(step);
          for (const below of [...downRevision, ...dependsOn]) expect(before).toContain(below);
          before.add(step);
        }
      }),
    );
  });

  it("a downgrade undoes a revision only when nothing that needs it is left", () => {
    fc.assert(
      fc.property(databases, positions, ({ graph, rows }, position) => {
        const applied = new Set(graph.ancestors(rows));
        const targets = [...applied].filter((id) => graph.get(id).children.some((child) => applied.has(child)));
        const target = targets[position % targets.length] ?? "base";
        const left = new Set(applied);
        for (const { revision } of graph.planDowngrade(rows, target).steps) {
          expect(graph.descendants([revision]).filter((above) => above !== revision && left.has(above))).toEqual([]);
          left.delete(revision);
        }
        const { children } = target === "base" ? { children: graph.bases } : graph.get(target);
        expect([...left].filter((id) => graph.descendants(children).includes(id))).toEqual([]);
        expect(target === "base" ? left.size === 0 : left.has(target)).toBe(true);
      }),
    );
  });

  it("the rows are the effective heads after every single step, up and down", () => {
    fc.assert(
      fc.property(databases, positions, fc.boolean(), ({ graph, rows }, position, isUp) => {
        const applied = new Set(graph.ancestors(rows));
        const below = [...applied].filter((id) => graph.get(id).children.some((child) => applied.has(child)));
        const plan = isUp
          ? graph.planUpgrade(rows, pickFrom(graph, position))
          : graph.planDowngrade(rows, below[position % below.length] ?? "base");
        let table = rows;
        for (const step of plan.steps) {
          table = carryOut(table, step.versionRows);
          if (step.direction === "up") applied.add(step.revision);
          else applied.delete(step.revision);
          expect(table).toEqual(findTops(graph, applied));
        }
        expect(plan.heads).toEqual(table);
        expect(plan.versionRows).toEqual(plan.steps.flatMap((step) => step.versionRows));
      }),
    );
  });

  it("up and then down to base returns to nothing, and each way runs every revision once", () => {
    fc.assert(
      fc.property(revisionLists, (revisions) => {
        const graph = RevisionGraph.from(revisions);
        const up = graph.planUpgrade([], "heads");
        const down = graph.planDowngrade(up.heads, "base");
        expect(up.heads).toEqual(graph.realHeads.toSorted());
        expect(down.heads).toEqual([]);
        expect(up.steps).toHaveLength(revisions.length);
        expect(down.steps.map((step) => step.revision).toSorted()).toEqual(graph.revisions.toSorted());
      }),
    );
  });

  it("up one revision and down again returns to the start", () => {
    fc.assert(
      fc.property(databases, positions, ({ graph, rows }, position) => {
        const applied = new Set(graph.ancestors(rows));
        const ready = graph.revisions.filter((id) => {
          const { downRevision, dependsOn } = graph.get(id);
          return (
            !applied.has(id) &&
            downRevision.length === 1 &&
            [...downRevision, ...dependsOn].every((below) => applied.has(below))
          );
        });
        const next = ready[position % ready.length];
        fc.pre(next !== undefined);
        const up = graph.planUpgrade(rows, next);
        const down = graph.planDowngrade(up.heads, `${next}@${next}-1`);
        expect(down.steps.map((step) => step.revision)).toEqual([next]);
        expect(down.heads).toEqual(rows.toSorted());
      }),
    );
  });

  it("two upgrades give the same heads in either order, and at once", () => {
    fc.assert(
      fc.property(databases, positions, positions, ({ graph, rows }, first, second) => {
        const [one, two] = [pickFrom(graph, first), pickFrom(graph, second)];
        const upgrade = (current: readonly string[], target: string) => graph.planUpgrade(current, target).heads;
        const heads = upgrade(upgrade(rows, one), two);
        expect(upgrade(upgrade(rows, two), one)).toEqual(heads);
        // At once only what does not include one another may be asked for.
        const apart = findTops(graph, [one, two]);
        expect(graph.planUpgrade(rows, apart).heads).toEqual(heads);
      }),
    );
  });

  it("a target reached at once or by way of a stop on the way gives the same heads", () => {
    fc.assert(
      fc.property(databases, positions, positions, ({ graph, rows }, first, second) => {
        const target = pickFrom(graph, first);
        const onTheWay = graph.ancestors([target]);
        const stop = onTheWay[second % onTheWay.length] ?? target;
        const direct = graph.planUpgrade(rows, target).heads;
        expect(graph.planUpgrade(graph.planUpgrade(rows, stop).heads, target).heads).toEqual(direct);
      }),
    );
  });

  it("the files in another order give the same sets, rows and resolved names", () => {
    fc.assert(
      fc.property(revisionLists, positions, (revisions, position) => {
        const [graph, other] = [RevisionGraph.from(revisions), RevisionGraph.from(revisions.toReversed())];
        const target = pickFrom(graph, position);
        const [plan, same] = [graph.planUpgrade([], target), other.planUpgrade([], target)];
        const listSteps = (steps: typeof plan.steps) => steps.map((step) => step.revision).toSorted();
        expect(listSteps(same.steps)).toEqual(listSteps(plan.steps));
        expect(same.heads).toEqual(plan.heads);
        expect(other.resolve("heads").toSorted()).toEqual(graph.resolve("heads").toSorted());
      }),
    );
  });

  it("a stamp leads to the rows that running would have left, and its actions can be carried out", () => {
    fc.assert(
      fc.property(databases, positions, ({ graph, rows }, position) => {
        const target = pickFrom(graph, position);
        const plan = graph.planStamp(rows, target);
        expect(carryOut(rows, plan.versionRows)).toEqual(plan.heads);
        expect(plan.heads).toContain(target);
        expect(plan.heads).toEqual(findTops(graph, plan.heads));
        expect(graph.planStamp(rows, "heads").heads).toEqual(graph.realHeads.toSorted());
        expect(graph.planStamp(rows, "base").heads).toEqual([]);
      }),
    );
  });

  it("newest first lists each revision once, before all that it needs", () => {
    fc.assert(
      fc.property(revisionLists, (revisions) => {
        const graph = RevisionGraph.from(revisions);
        const order = graph.newestFirst();
        expect(order.toSorted()).toEqual(graph.revisions.toSorted());
        for (const [position, id] of order.entries()) {
          const below = graph.ancestors([id]).filter((other) => other !== id);
          expect(below.filter((other) => order.indexOf(other) < position)).toEqual([]);
        }
        expect(graph.resolveRange(":")).toEqual(order);
      }),
    );
  });
});

describe("10,000 revisions", () => {
  const COUNT = 10_000;
  const indexes = Array.from({ length: COUNT }, (_, index) => index);

  const linear = indexes.map((index): RevisionNode => ({
    revision: `r${index}`,
    downRevision: index === 0 ? null : `r${index - 1}`,
  }));

  /** Two lines of nine between a fork and a merge, 500 times over. */
  const bushy = indexes.map((index): RevisionNode => {
    const place = index % 20;
    const parents = place === 19 ? [index - 1, index - 2] : [index - (place < 2 ? 1 : 2)];
    return {
      revision: `r${index}`,
      downRevision: parents.filter((parent) => parent >= 0).map((parent) => `r${parent}`),
    };
  });

  /** 5,000 branches of two from one base: the worst case for going over to another line and back. */
  const star = indexes.map((index): RevisionNode => {
    const parent = index % 2 === 0 ? index - 1 : 0;
    return { revision: `r${index}`, downRevision: index === 0 ? null : `r${parent}` };
  });

  /** Every branch of the merges, and more, has had a name. */
  const labelled = bushy.map((node, index) => ({ ...node, branchLabels: index % 10 === 1 ? [`label${index}`] : [] }));

  /** One long line, and a branch of one revision at each place of it. */
  const comb = indexes.map((index): RevisionNode => {
    const parent = index % 2 === 0 ? index - 2 : index - 1;
    return { revision: `r${index}`, downRevision: index === 0 ? null : `r${parent}` };
  });

  it.each([
    ["in one line", linear, 0],
    ["with 500 merges", bushy, 500],
    ["in 5,000 branches", star, 0],
    ["with a branch at every place", comb, 0],
    ["with 1,000 labels", labelled, 500],
  ])("%s are planned up and down", (_, revisions, merges) => {
    const graph = RevisionGraph.from(revisions);
    expect(graph.revisions.filter((id) => graph.isMergePoint(id))).toHaveLength(merges);
    const up = graph.planUpgrade([], "heads");
    expect(up.steps).toHaveLength(COUNT);
    expect(up.heads).toEqual(graph.realHeads.toSorted());
    const down = graph.planDowngrade(up.heads, "base");
    expect(down.steps).toHaveLength(COUNT);
    expect(down.heads).toEqual([]);
    expect(graph.newestFirst()).toEqual(up.steps.map((step) => step.revision).toReversed());
    expect(graph.planStamp([], "heads").heads).toEqual(up.heads);
    expect(graph.planStamp(up.heads, graph.bases).heads).toEqual(graph.bases);
  });

  it("with a label on every tenth of one line tell which branches they lie on", () => {
    const label = (index: number): string => `label${index}`;
    const graph = RevisionGraph.from(
      linear.map((node, index) => ({ ...node, branchLabels: index % 10 === 0 ? [label(index)] : [] })),
    );
    const all = indexes.filter((index) => index % 10 === 0).map(label);
    expect(graph.get("r0").branchLabels).toEqual(all.toSorted());
    expect(graph.get("r9999").branchLabels).toEqual(all.toSorted());
  });

  it.each([1, 100, 1000])("squashed by %d are read, and planned from any place", (count) => {
    const size = COUNT / count;
    const squashes = Array.from({ length: count }, (_, place): RevisionNode => {
      const replaces = linear.slice(place * size, (place + 1) * size).map(({ revision }) => revision);
      return { revision: `s${place}`, downRevision: place === 0 ? null : `s${place - 1}`, replaces };
    });
    const graph = RevisionGraph.from([...linear, ...squashes]);
    expect(graph.planUpgrade([], "heads").steps).toHaveLength(count);
    expect(linear.filter(({ revision }) => !graph.has(revision))).toEqual([]);
    const up = graph.planUpgrade(["r0"], "heads");
    expect(up.steps).toHaveLength(size - 1 + count - 1);
  });
});

describe("a graph", () => {
  it("keeps nothing of what it was given: changes of that do not reach it", () => {
    const labels = ["early"];
    const second: { revision: string; downRevision: string; dependsOn?: string } = {
      revision: "b2",
      downRevision: "a1",
    };
    const revisions: RevisionNode[] = [
      { revision: "a1", downRevision: null, branchLabels: labels },
      second,
      { revision: "s3", downRevision: null, replaces: ["a1", "b2"] },
    ];
    const graph = RevisionGraph.from(revisions);
    labels.push("late");
    second.dependsOn = "nothing";
    revisions.push({ revision: "c3", downRevision: "b2" });
    expect(graph.planUpgrade(["a1"], "heads").steps.map(({ revision }) => revision)).toEqual(["b2"]);
    expect(graph.get("a1").ownLabels).toEqual(["early"]);
  });
});
