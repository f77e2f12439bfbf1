import { diff } from "../../commands/diff.ts";
import type { Action } from "../action.ts";
import { renameAnswers, type RenameFlags } from "../rename-answers.ts";
import { renderDiff, tellDiff } from "../render/diff.ts";
import { openProject } from "../session.ts";
import { readSides } from "../read-sides.ts";

/** Options of `diff`. */
export type DiffFlags = RenameFlags & { readonly sql: boolean; readonly requireProof: boolean };

/** `limbeck diff`. */
export const runDiff: Action<DiffFlags, [from: string | undefined, to: string | undefined]> = async (
  session,
  flags,
  from,
  to,
) => {
  const sides = readSides(session, { from, to });
  const result = await diff(await openProject(session), {
    ...renameAnswers(session, flags),
    ...sides,
    ...(flags.requireProof && { requireProof: true }),
  });
  return {
    data: result,
    output: (style) => renderDiff(result, flags.sql, style),
    story: (style) => tellDiff(result, style),
  };
};
