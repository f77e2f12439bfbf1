import type { HistoryResult } from "../../commands/history.ts";
import type { RevisionSummary } from "../../commands/revision-summary.ts";
import type { BreakRow, LaneCell, LaneRow } from "../../graph/lanes/lane-rows.ts";
import { layOutLanes } from "../../graph/lanes/lay-out-lanes.ts";
import type { Style } from "../style.ts";
import { fitText, measureText } from "./fit-text.ts";
import type { HistoryView } from "./history.ts";
import { paintLanes, type RevisionSign } from "./paint-lanes.ts";
import { renderRevision, renderRevisionInFull } from "./revision.ts";

/** Between the lanes and the text, and between a revision and its message. */
const GAP = "  ";

/** So much of every message should be left when there are as many lanes as there may be. */
const MESSAGE_ROOM = 16;

/** So many lanes are worth more than messages. */
const USUAL_LANES = 8;

/** Less of a message than this says nothing. */
const LEAST_MESSAGE = 6;

const widthOf = (cells: readonly LaneCell[]): number => Math.max(cells.length * 2 - 1, 0);

/**
 * The labels to show at each revision: its own, and at one head of several also those that lead to no other head. What else is
 * on a branch, the lanes show.
 */
function chooseLabels(revisions: readonly RevisionSummary[]): (revision: RevisionSummary) => readonly string[] {
  const heads = revisions.filter(({ isHead }) => isHead);
  const owners = Map.groupBy(
    heads.flatMap(({ branchLabels }) => branchLabels),
    (label) => label,
  );
  return ({ isHead, ownLabels, branchLabels }) =>
    isHead && heads.length > 1
      ? branchLabels.filter((label) => ownLabels.includes(label) || owners.get(label)?.length === 1)
      : ownLabels;
}

/** What a revision is drawn as. */
function chooseRevisionSign({ current, pending }: HistoryResult, { indicateCurrent }: HistoryView) {
  const isCurrent = new Set(indicateCurrent ? current : []);
  const isPending = new Set(indicateCurrent ? pending : []);
  return (revision: string): RevisionSign => {
    if (isCurrent.has(revision)) return "current";
    return isPending.has(revision) ? "pending" : "revision";
  };
}

/** The lines that go on below a row. */
const goOn = (cells: readonly LaneCell[]): readonly LaneCell[] =>
  cells.map((cell) => ({ ...cell, up: cell.down, left: undefined, right: undefined, sign: undefined }));

const renderBreak = ({ line, target }: BreakRow, { paint }: Style): string =>
  paint("dim", line === "dependency" ? `depends on ${target}` : target);

const toOneLine = (message: string): string => message.replaceAll(/\p{Cc}+/gu, " ").trim();

function renderText(marked: string, message: string, room: number, style: Style): string {
  const left = room - measureText(marked) - GAP.length;
  if (message === "" || (left < LEAST_MESSAGE && measureText(message) > left)) return marked;
  return `${marked}${GAP}${fitText(message, left, style.symbols.ellipsis)}`;
}

/** How many lanes there may be in so much room, which they share with the messages. */
function chooseLimit(room: number): number {
  const besideMessages = room - GAP.length - MESSAGE_ROOM;
  return Math.floor(Math.max(besideMessages, Math.min(room, USUAL_LANES * 2)) / 2);
}

/** The revisions as a graph: lanes on the left, and beside each revision its marks and its message, or all that is known of it. */
export function renderHistoryGraph(result: HistoryResult, view: HistoryView, style: Style): string {
  const revisions = new Map(result.revisions.map((revision) => [revision.revision, revision]));
  const options = view.indicateCurrent && result.current ? { current: result.current } : {};
  const current = options.current ?? [];
  const labelsOf = chooseLabels(result.revisions);
  const marked = new Map(
    result.revisions.map((revision) => [
      revision.revision,
      renderRevision({ ...revision, branchLabels: labelsOf(revision) }, style, { current }),
    ]),
  );
  const longest = Math.max(0, ...Array.from(marked.values(), measureText));
  const rows = layOutLanes(
    result.revisions.map(({ revision, downRevision, dependsOn }) => ({
      id: revision,
      parents: downRevision,
      dependencies: dependsOn,
    })),
    { limit: view.verbose ? style.width / 4 : chooseLimit(style.width - longest - GAP.length) },
  );
  const widest = Math.max(0, ...rows.map(({ cells }) => widthOf(cells)));
  const column = Math.min(widest, Math.floor(style.width / 8));
  const signOf = chooseRevisionSign(result, view);
  const renderLine = (cells: readonly LaneCell[], sign: RevisionSign, text: string): string => {
    const lanes = paintLanes(cells, sign, style);
    if (text === "") return lanes;
    return lanes + " ".repeat(Math.max(column - widthOf(cells), 0)) + GAP + text;
  };
  const renderRow = (row: LaneRow): string => {
    if (row.kind === "connector") return renderLine(row.cells, "revision", "");
    if (row.kind === "break") return renderLine(row.cells, "revision", renderBreak(row, style));
    const revision = revisions.get(row.id);
    if (!revision) return "";
    const sign = signOf(row.id);
    if (view.verbose) {
      const [first = "", ...others] = renderRevisionInFull(revision, style, options).split("\n");
      const below = goOn(row.cells);
      return [renderLine(row.cells, sign, first), ...[...others, ""].map((line) => renderLine(below, sign, line))].join("\n");
    }
    const room = style.width - Math.max(column, widthOf(row.cells)) - GAP.length;
    return renderLine(row.cells, sign, renderText(marked.get(row.id) ?? "", toOneLine(revision.message), room, style));
  };
  return rows.map(renderRow).join("\n");
}
