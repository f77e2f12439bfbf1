import type { HistoryResult } from "../../commands/history.ts";
import type { Style } from "../style.ts";
import { renderDot } from "./graph/dot.ts";
import { renderHistoryGraph } from "./graph/history-graph.ts";
import { renderMermaid } from "./graph/mermaid.ts";
import { formatJson } from "./json.ts";
import { renderRevisionInFull, renderStep, type MarkOptions } from "./revision.ts";

/** Documents that a history can be written as. */
export const HISTORY_FORMATS = ["mermaid", "dot", "json"] as const;

/** One of the documents that a history can be written as. */
export type HistoryFormat = (typeof HISTORY_FORMATS)[number];

/** How to show a history. */
export interface HistoryView {
  readonly form: "list" | "graph" | HistoryFormat;
  readonly verbose: boolean;
  /** Mark where the database stands. */
  readonly indicateCurrent: boolean;
}

function renderList({ revisions, current }: HistoryResult, verbose: boolean, style: Style): string {
  const options: MarkOptions = current ? { current } : {};
  if (verbose) return revisions.map((revision) => renderRevisionInFull(revision, style, options)).join("\n\n");
  return revisions.map((revision) => renderStep(revision, style, options)).join("\n");
}

/** The revisions, newest first. */
export function renderHistory(result: HistoryResult, { form, verbose, indicateCurrent }: HistoryView, style: Style): string {
  // A range may need to know where the database stands, which is not to be shown for that reason.
  const shown = indicateCurrent ? result : { revisions: result.revisions };
  switch (form) {
    case "list":
      return renderList(shown, verbose, style);
    case "graph":
      return renderHistoryGraph(shown, verbose, style);
    case "mermaid":
      return renderMermaid(shown, style);
    case "dot":
      return renderDot(shown, style);
    case "json":
      return formatJson(result);
  }
}
