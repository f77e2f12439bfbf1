import type { HistoryResult } from "../../../commands/history.ts";
import type { RevisionSummary } from "../../../commands/revision-summary.ts";
import type { BreakRow, LaneCell, LaneRow } from "../../../graph/lanes/lane-rows.ts";
import { layOutLanes } from "../../../graph/lanes/lay-out-lanes.ts";
import type { LineKind } from "../../../graph/list-edges.ts";
import type { Style } from "../../style.ts";
import { fitText, measureText } from "../fit-text.ts";
import { renderRevision, renderRevisionInFull } from "../revision.ts";
import { chooseLabels } from "./choose-labels.ts";
import { measureLanes, paintLanes } from "./paint-lanes.ts";
import { chooseSigns, type RevisionSign } from "./revision-sign.ts";

/** Between the lanes and the text, and between a revision and its message. */
const GAP = "  ";

/** So much of every message should be left when there are as many lanes as there may be. */
const MESSAGE_ROOM = 16;

/** So many lanes are worth more than messages, and text in one column. */
const USUAL_LANES = 8;

/** Less of a message than this says nothing. */
const LEAST_MESSAGE = 6;

/** What is said where a line breaks off, before the revision that it leads to. */
const BREAK_TEXT: Readonly<Record<LineKind, string>> = { parent: "goes on at", dependency: "depends on" };

/** What stands beside the lanes for one revision. */
interface Entry {
  readonly sign: RevisionSign;
  /** The revision with its marks, which are always shown in full. */
  readonly marked: string;
  /** How many columns that takes. */
  readonly width: number;
  readonly revision: RevisionSummary;
}

function createEntries(result: HistoryResult, style: Style): ReadonlyMap<string, Entry> {
  const { revisions, current = [] } = result;
  const labelsOf = chooseLabels(revisions);
  const signOf = chooseSigns(result);
  return new Map(
    revisions.map((revision) => {
      const shown = revision.branchLabels.length > 0 ? { ...revision, branchLabels: labelsOf(revision) } : revision;
      const marked = renderRevision(shown, style, { current });
      return [revision.revision, { sign: signOf(revision.revision), marked, width: measureText(marked), revision }];
    }),
  );
}

/** How much room must be left beside the lanes for a revision, or for a line to it that breaks off. */
const measureEntry = ({ width, revision }: Entry): number =>
  Math.max(width, measureText(revision.revision) + BREAK_TEXT.dependency.length + 1);

const findWidest = (widths: Iterable<number>): number => {
  let widest = 0;
  for (const width of widths) widest = Math.max(widest, width);
  return widest;
};

/** How many lanes there may be where they share so many columns with the messages. */
function chooseLimit(columns: number): number {
  const besideMessages = columns - GAP.length - MESSAGE_ROOM;
  return Math.floor(Math.max(besideMessages, Math.min(columns, USUAL_LANES * 2)) / 2);
}

/** The lines that go on below a row. */
function goOn(cells: readonly LaneCell[]): readonly LaneCell[] {
  const last = cells.findLastIndex(({ down }) => down !== undefined);
  return cells
    .slice(0, last + 1)
    .map((cell) => ({ ...cell, up: cell.down, left: undefined, right: undefined, sign: undefined }));
}

const renderBreak = ({ line, target }: BreakRow, { paint }: Style): string =>
  paint("dim", `${BREAK_TEXT[line]} ${target}`);

/** Where the text stands: in one column, unless a row has more lanes than fit before it. */
interface Page {
  readonly style: Style;
  readonly column: number;
}

function renderLine({ style, column }: Page, cells: readonly LaneCell[], sign: RevisionSign, text: string): string {
  const lanes = paintLanes(cells, sign, style);
  return text === "" ? lanes : lanes + " ".repeat(Math.max(column - measureLanes(cells), 0)) + GAP + text;
}

/** A revision with its message on one line: the message is cut where there is no room for it. */
function renderShort(page: Page, cells: readonly LaneCell[], { sign, marked, width, revision }: Entry): string {
  const { style, column } = page;
  const message = revision.message.replaceAll(/\p{Cc}+/gu, " ").trim();
  const room = style.width - Math.max(column, measureLanes(cells)) - GAP.length - width - GAP.length;
  const isWorthIt = room >= LEAST_MESSAGE || measureText(message) <= room;
  const text = message !== "" && isWorthIt ? GAP + fitText(message, room, style.symbols.ellipsis) : "";
  return renderLine(page, cells, sign, marked + text);
}

/** A revision with all that is known of it, and the lines that pass it. */
function renderLong(page: Page, cells: readonly LaneCell[], entry: Entry, current: readonly string[]): string {
  const [first = "", ...others] = renderRevisionInFull(entry.revision, page.style, { current }).split("\n");
  const below = goOn(cells);
  return [
    renderLine(page, cells, entry.sign, first),
    ...[...others, ""].map((line) => renderLine(page, below, entry.sign, line)),
  ].join("\n");
}

/**
 * The revisions as a graph: lanes on the left, and beside each revision its marks and its message, or all that is known of it.
 *
 * Lines fit the width as long as the revisions with their marks do. Where there are more lanes than there is room for, the longest
 * break off and say where they go on.
 */
export function renderHistoryGraph(result: HistoryResult, style: Style, verbose: boolean): string {
  const { revisions, current = [] } = result;
  const entries = createEntries(result, style);
  const widest = findWidest(entries.values().map(measureEntry));
  const nodes = revisions.map(({ revision, downRevision, dependsOn }) => ({
    id: revision,
    parents: downRevision,
    dependencies: dependsOn,
  }));
  const limit = verbose ? Math.floor(style.width / 4) : chooseLimit(style.width - GAP.length - widest);
  const rows = layOutLanes(nodes, { limit });
  const usual = Math.min(USUAL_LANES * 2 - 1, Math.floor(style.width / 4));
  const column = Math.min(findWidest(rows.values().map(({ cells }) => measureLanes(cells))), usual);
  const page = { style, column };
  const renderRow = (row: LaneRow): string => {
    if (row.kind === "connector") return renderLine(page, row.cells, "revision", "");
    if (row.kind === "break") return renderLine(page, row.cells, "revision", renderBreak(row, style));
    const entry = entries.get(row.id);
    if (!entry) return "";
    return verbose ? renderLong(page, row.cells, entry, current) : renderShort(page, row.cells, entry);
  };
  return rows.map(renderRow).join("\n").trimEnd();
}
