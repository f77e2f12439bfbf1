import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HistoryResult } from "../../../commands/history.ts";
import { arbitraryRevisions } from "../../../graph/arbitrary-revisions.ts";
import { RevisionGraph } from "../../../graph/revision-graph.ts";
import { chooseStyle, type Style } from "../../style.ts";
import { renderHistory } from "../history.ts";
import { tracePicture } from "./trace-picture.ts";

const styleOf = (columns: number, ascii: boolean): Style =>
  chooseStyle({ write: () => undefined, isTTY: true, columns }, { env: {}, noColor: true, ascii });

function list(graph: RevisionGraph, range = ":"): HistoryResult {
  const revisions = graph
    .resolveRange(range)
    .map((id) => ({ ...graph.get(id), message: `make ${id.toUpperCase()}`, path: `/app/${id}.ts` }));
  return { revisions };
}

const draw = (result: HistoryResult, style: Style): string =>
  renderHistory(result, { form: "graph", verbose: false, indicateCurrent: false }, style);

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
  it.each([
    ["", 120, false],
    [", in ASCII", 120, true],
    [", with hardly any room", 40, false],
    [", in ASCII with hardly any room", 40, true],
  ])("the lines down from a revision lead to what it builds and depends on, and to nothing else%s", (_, width, ascii) => {
    fc.assert(
      fc.property(arbitraryRevisions(30), ranges, (revisions, { from, to, isWhole }) => {
        const graph = RevisionGraph.from(revisions);
        const top = graph.revisions[to % graph.revisions.length] ?? "";
        const below = graph.ancestors([top], "versioned");
        const range = isWhole ? ":" : `${below[from % below.length]}:${top}`;
        const shown = graph.resolveRange(range);
        const picture = draw(list(graph, range), styleOf(width, ascii));
        const ways = tracePicture(picture);
        expect([...ways.keys()], picture).toEqual(shown);
        for (const id of shown) expect(ways.get(id), `${id} in\n${picture}`).toEqual(listExpected(graph, id));
      }),
    );
  });
});
