import { history } from "../../commands/history.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { renderHistory } from "../render/history.ts";
import { openProject } from "../session.ts";

/** Options of `history`. */
export type HistoryFlags = GlobalFlags & {
  readonly graph: boolean;
  readonly verbose: boolean;
  readonly indicateCurrent: boolean;
  readonly revRange: string | undefined;
};

/** `limbeck history`. */
export const runHistory: Action<HistoryFlags> = async (session, { graph, verbose, indicateCurrent, revRange }) => {
  const options = { indicateCurrent, ...(revRange !== undefined && { range: revRange }) };
  const result = await history(await openProject(session), options);
  return {
    data: result,
    output: (style) => renderHistory(result, { graph, verbose, indicateCurrent }, style),
    story: () => (result.revisions.length === 0 ? "There are no revisions." : ""),
  };
};
