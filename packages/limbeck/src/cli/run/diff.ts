import { diff } from "../../commands/diff.ts";
import type { Action } from "../action.ts";
import { renameAnswers, type RenameFlags } from "../rename-answers.ts";
import { renderDiff, tellDiff } from "../render/diff.ts";
import { openProject } from "../session.ts";

/** Options of `diff`. */
export type DiffFlags = RenameFlags & { readonly sql: boolean };

/** `limbeck diff`. */
export const runDiff: Action<DiffFlags> = async (session, flags) => {
  const answers = renameAnswers(session, flags);
  const result = await diff(await openProject(session), answers);
  return {
    data: result,
    output: (style) => renderDiff(result, flags.sql, style),
    story: (style) => tellDiff(result, style),
  };
};
