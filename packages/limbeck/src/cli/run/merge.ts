import { merge } from "../../commands/merge.ts";
import type { Action } from "../action.ts";
import { chooseFormat } from "../choose-format.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { tellMerge } from "../render/merge.ts";
import { openProject } from "../session.ts";
import { shortenPath } from "../shorten-path.ts";
import { stoppable } from "../stoppable.ts";

/** Options of `merge`. */
export type MergeFlags = GlobalFlags & {
  readonly message: string | undefined;
  readonly branchLabel: string | undefined;
  readonly revId: string | undefined;
  readonly splice: boolean;
  readonly noProof: boolean;
  readonly format: string | undefined;
};

/** `limbeck merge`. */
export const runMerge: Action<MergeFlags, readonly string[]> = async (session, flags, ...revisions) => {
  const { message, branchLabel, revId, splice, noProof } = flags;
  const format = chooseFormat("merge", flags.format);
  const options = {
    revisions,
    splice,
    noProof,
    format,
    ...(message !== undefined && { message }),
    ...(branchLabel !== undefined && { branchLabel }),
    ...(revId !== undefined && { revisionId: revId }),
  };
  const result = await stoppable(session, async (hooks) => merge(await openProject(session, hooks), options));
  return {
    data: result,
    output: () => shortenPath(result.path, session.world.cwd),
    story: (style) => tellMerge(result, style),
  };
};
