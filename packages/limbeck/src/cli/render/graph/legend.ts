import type { HistoryResult } from "../../../commands/history.ts";
import { listEdges } from "../../../graph/list-edges.ts";
import type { Style } from "../../style.ts";
import { wrapText } from "../wrap-text.ts";

/** What the signs of a drawn history mean, as far as they are in it and do not speak for themselves. */
export function tellLegend(result: HistoryResult, indicateCurrent: boolean, { symbols, paint, width }: Style): string {
  const { revisions, current = [], pending = [] } = result;
  const { lanes } = symbols;
  const isShown = new Set(revisions.map(({ revision }) => revision));
  const hasDependencies = revisions.some(({ downRevision, dependsOn }) =>
    listEdges({ parents: downRevision, dependencies: dependsOn }).some(({ kind }) => kind === "dependency"),
  );
  const isCut = revisions.some(({ downRevision }) => downRevision.some((parent) => !isShown.has(parent)));
  const entries = [
    ...(indicateCurrent && current.some((id) => isShown.has(id)) ? [`${lanes.current} the database stands here`] : []),
    ...(indicateCurrent && pending.length > 0 ? [`${lanes.pending} not applied yet`] : []),
    ...(isCut ? [`${lanes.break} goes on where it is not shown`] : []),
    ...(hasDependencies ? [`${lanes.horizontal.dependency.repeat(2)} depends on`] : []),
  ];
  return entries.length === 0 ? "" : `\n${paint("dim", wrapText(entries.join(", "), width))}`;
}
