import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryRevisions } from "../arbitrary-revisions.ts";
import { RevisionGraph } from "../revision-graph.ts";
import type { RevisionNode } from "../revision-node.ts";
import type { LaneCell, LaneRow } from "./lane-rows.ts";
import { layOutLanes, type LaneRevision } from "./lay-out-lanes.ts";

function list(graph: RevisionGraph): readonly LaneRevision[] {
  return graph.newestFirst().map((id) => {
    const { downRevision, dependsOn } = graph.get(id);
    return { id, parents: downRevision, dependencies: dependsOn };
  });
}

const listRevisions = (rows: readonly LaneRow[]): readonly string[] =>
  rows.flatMap((row) => (row.kind === "revision" ? [row.id] : []));

const widest = (rows: readonly LaneRow[]): number => Math.max(0, ...rows.map(({ cells }) => cells.length));

const sidesOf = (cell: LaneCell | undefined) => ({
  up: cell?.up,
  down: cell?.down,
  left: cell?.left,
  right: cell?.right,
});

const limits = fc.oneof(fc.constant(undefined), fc.integer({ min: -1, max: 6 }));

describe("in the lanes of any graph", () => {
  it("each revision has one row, in the order given, and none holds a sign of another", () => {
    fc.assert(
      fc.property(arbitraryRevisions(30), limits, (revisions, limit) => {
        const given = list(RevisionGraph.from(revisions));
        const rows = layOutLanes(given, limit === undefined ? {} : { limit });
        expect(listRevisions(rows)).toEqual(given.map(({ id }) => id));
        for (const row of rows) {
          const signs = row.cells.flatMap(({ sign }, lane) => (sign ? [`${sign} ${lane}`] : []));
          // Where lines to a revision broke off, one of its own begins with a sign in a row that is no revision's.
          const allowed =
            row.kind === "connector" ? signs.filter((sign) => sign.startsWith("break")) : [`${row.kind} ${row.lane}`];
          expect(signs).toEqual(allowed);
        }
      }),
    );
  });

  it("every line that leaves a cell is met in the next one by a line that stands for the same", () => {
    fc.assert(
      fc.property(arbitraryRevisions(30), limits, (revisions, limit) => {
        const rows = layOutLanes(list(RevisionGraph.from(revisions)), limit === undefined ? {} : { limit });
        for (const [index, { cells }] of rows.entries()) {
          const below = rows[index + 1]?.cells ?? [];
          for (let lane = 0; lane < Math.max(cells.length, below.length); lane += 1) {
            const cell = sidesOf(cells[lane]);
            expect(cell.down).toBe(sidesOf(below[lane]).up);
            expect(cell.right).toBe(sidesOf(cells[lane + 1]).left);
          }
          expect(sidesOf(cells[0]).left).toBeUndefined();
        }
        expect(rows.at(-1)?.cells.every(({ down }) => down === undefined)).toBe(true);
      }),
    );
  });

  it("there are no more lanes than the limit, nor than lines, and no more rows than a few for each line", () => {
    fc.assert(
      fc.property(arbitraryRevisions(30), limits, (revisions, limit) => {
        const given = list(RevisionGraph.from(revisions));
        const lines = given.reduce((sum, { parents, dependencies }) => sum + parents.length + dependencies.length, 0);
        const rows = layOutLanes(given, limit === undefined ? {} : { limit });
        expect(widest(rows)).toBeLessThanOrEqual(limit === undefined ? lines + 1 : Math.max(limit, 2));
        expect(rows.length).toBeLessThanOrEqual(3 * (given.length + lines));
      }),
    );
  });
});

describe("lanes", () => {
  it("are as few as a history in one line needs", () => {
    const rows = layOutLanes([
      { id: "c", parents: ["b"], dependencies: [] },
      { id: "b", parents: ["a"], dependencies: [] },
      { id: "a", parents: [], dependencies: [] },
    ]);
    expect(rows.map(({ kind, cells }) => [kind, cells.length])).toEqual([
      ["revision", 1],
      ["revision", 1],
      ["revision", 1],
    ]);
  });

  it("are none without revisions", () => {
    expect(layOutLanes([])).toEqual([]);
  });

  it("do not draw a dependency on a parent a second time", () => {
    const rows = layOutLanes([
      { id: "b", parents: ["a"], dependencies: ["a"] },
      { id: "a", parents: [], dependencies: [] },
    ]);
    expect(rows.map(({ kind }) => kind)).toEqual(["revision", "revision"]);
  });

  it("say of each line that leads out of what is drawn where it would go", () => {
    const rows = layOutLanes([{ id: "c", parents: ["a", "b"], dependencies: ["x"] }]);
    const breaks = rows.flatMap((row) => (row.kind === "break" ? [[row.lane, row.target, row.line]] : []));
    expect(breaks).toEqual([
      [0, "a", "parent"],
      [1, "b", "parent"],
      [2, "x", "dependency"],
    ]);
  });

  it("let the line with the longest way to go break off where there is no room", () => {
    const rows = layOutLanes(
      [
        { id: "h3", parents: ["c"], dependencies: [] },
        { id: "h2", parents: ["b"], dependencies: [] },
        { id: "h1", parents: ["a"], dependencies: [] },
        { id: "a", parents: [], dependencies: [] },
        { id: "b", parents: [], dependencies: [] },
        { id: "c", parents: [], dependencies: [] },
      ],
      { limit: 2 },
    );
    const breaks = rows.flatMap((row) => (row.kind === "break" ? [row.target] : []));
    expect(breaks).toEqual(["c"]);
  });
});

describe("10,000 revisions", () => {
  const COUNT = 10_000;
  const indexes = Array.from({ length: COUNT }, (_, index) => index);
  const nameAll = (values: readonly number[]): readonly string[] => values.map((value) => `r${value}`);

  /** Two lines of nine between a fork and a merge, 500 times over. */
  const bushy = indexes.map((index): RevisionNode => {
    const place = index % 20;
    const parents = place === 19 ? [index - 1, index - 2] : [index - (place < 2 ? 1 : 2)];
    return { revision: `r${index}`, downRevision: nameAll(parents.filter((parent) => parent >= 0)) };
  });

  /** 5,000 branches of two from one base. */
  const star = indexes.map((index): RevisionNode => {
    const parent = index % 2 === 0 ? index - 1 : 0;
    return { revision: `r${index}`, downRevision: index === 0 ? null : `r${parent}` };
  });

  /** 9,998 branches of one, which one revision merges. */
  const octopus = indexes.map((index): RevisionNode => {
    const parents = index === COUNT - 1 ? indexes.slice(1, -1) : [0];
    return { revision: `r${index}`, downRevision: index === 0 ? null : nameAll(parents) };
  });

  it.each([
    ["with 500 merges need two lanes and a row more for each fork and merge", bushy, 2, COUNT + 500 + 500],
    ["in 5,000 branches from one base need two lanes and a row more for each branch", star, 2, COUNT + 4_999],
  ])("%s", (_, revisions, lanes, rows) => {
    const drawn = layOutLanes(list(RevisionGraph.from(revisions)));
    expect(widest(drawn)).toBe(lanes);
    expect(drawn).toHaveLength(rows);
  });

  it("merged at once break off into a few rows each", () => {
    const drawn = layOutLanes(list(RevisionGraph.from(octopus)), { limit: 20 });
    expect(widest(drawn)).toBe(20);
    expect(drawn.length).toBeLessThan(5 * COUNT);
  });
});
