import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HistoryResult } from "../../../commands/history.ts";
import { arbitraryRevisions } from "../../../graph/arbitrary-revisions.ts";
import { RevisionGraph } from "../../../graph/revision-graph.ts";
import { chooseStyle } from "../../style.ts";
import { renderHistoryGraph } from "./history-graph.ts";
import { tracePicture } from "./trace-picture.ts";

interface Look {
  readonly columns: number;
  readonly ascii?: boolean;
}

function draw(graph: RevisionGraph, range: string, { columns, ascii = false }: Look): string {
  const revisions = graph
    .resolveRange(range)
    .map((id) => ({ ...graph.get(id), message: `make ${id.toUpperCase()}`, path: `/app/${id}.ts` }));
  const result: HistoryResult = { revisions };
  const style = chooseStyle({ write: () => undefined, isTTY: true, columns }, { env: {}, noColor: true, ascii });
  return renderHistoryGraph(result, style, false);
}

/** What the lines of a revision should lead to. */
function listExpected(graph: RevisionGraph, id: string): readonly string[] {
  const { downRevision, dependsOn } = graph.get(id);
  const dependencies = dependsOn.filter((other) => !downRevision.includes(other));
  return [
    ...downRevision.map((parent) => `parent ${parent}`),
    ...dependencies.map((dependency) => `dependency ${dependency}`),
  ].toSorted();
}

const ranges = fc.record({ from: fc.nat(), to: fc.nat(), isWhole: fc.boolean() });

describe("in the picture of any graph", () => {
  it.each<readonly [string, Look]>([
    ["", { columns: 120 }],
    [", in ASCII", { columns: 120, ascii: true }],
    [", with hardly any room", { columns: 40 }],
    [", in ASCII with hardly any room", { columns: 40, ascii: true }],
  ])("the lines down from a revision lead to what it builds and depends on, and to nothing else%s", (_, look) => {
    fc.assert(
      fc.property(arbitraryRevisions(30), ranges, (revisions, { from, to, isWhole }) => {
        const graph = RevisionGraph.from(revisions);
        const top = graph.revisions[to % graph.revisions.length] ?? "";
        const below = graph.ancestors([top], "versioned");
        const range = isWhole ? ":" : `${below[from % below.length]}:${top}`;
        const picture = draw(graph, range, look);
        const ways = graph.resolveRange(range).map((id) => [id, listExpected(graph, id)]);
        // With the picture beside it, a difference explains itself.
        expect({ picture, ...tracePicture(picture) }).toEqual({ picture, ways, problems: [] });
        expect(Math.max(...picture.split("\n").map((line) => line.length))).toBeLessThanOrEqual(look.columns);
      }),
    );
  });
});
