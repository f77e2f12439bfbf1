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

function renderList({ revisions, current }: HistoryResult, style: Style, verbose: boolean): string {
  const options: MarkOptions = current ? { current } : {};
  if (verbose) return revisions.map((revision) => renderRevisionInFull(revision, style, options)).join("\n\n");
  return revisions.map((revision) => renderStep(revision, style, options)).join("\n");
}

type Render = (result: HistoryResult, style: Style, verbose: boolean) => string;

const FORMS: Readonly<Record<HistoryView["form"], Render>> = {
  list: renderList,
  graph: renderHistoryGraph,
  mermaid: renderMermaid,
  dot: renderDot,
  json: formatJson,
};

/** The revisions, newest first. */
export function renderHistory(result: HistoryResult, view: HistoryView, style: Style): string {
  const { form, verbose, indicateCurrent } = view;
  // A range may have to ask where the database stands, which is not to be marked for that reason. JSON says all that is known.
  const shown = indicateCurrent || form === "json" ? result : { revisions: result.revisions };
  return FORMS[form](shown, style, verbose);
}
