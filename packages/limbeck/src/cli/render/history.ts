import type { HistoryResult } from "../../commands/history.ts";
import type { Style } from "../style.ts";
import { renderHistoryGraph } from "./history-graph.ts";
import { renderRevisionInFull, renderStep, type MarkOptions } from "./revision.ts";

/** What to show of a history besides the revisions. */
export interface HistoryView {
  readonly verbose: boolean;
  /** Mark where the database stands. */
  readonly indicateCurrent: boolean;
  readonly graph: boolean;
}

/** The revisions, newest first. */
export function renderHistory(result: HistoryResult, view: HistoryView, style: Style): string {
  if (view.graph) return renderHistoryGraph(result, view, style);
  const { revisions, current } = result;
  const options: MarkOptions = view.indicateCurrent && current ? { current } : {};
  if (view.verbose) return revisions.map((revision) => renderRevisionInFull(revision, style, options)).join("\n\n");
  return revisions.map((revision) => renderStep(revision, style, options)).join("\n");
}
