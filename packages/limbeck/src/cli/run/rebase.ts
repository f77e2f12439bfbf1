import { rebase } from "../../commands/rebase.ts";
import { quoteWord } from "../../kernel/quote-word.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { renderRebase, tellRebase } from "../render/rebase.ts";
import { openProject } from "../session.ts";
import { stoppable } from "../stoppable.ts";

/** Options of `rebase`. */
export type RebaseFlags = GlobalFlags & {
  readonly onto: string | undefined;
  readonly dryRun: boolean;
  readonly noProof: boolean;
};

/** `limbeck rebase`. */
export const runRebase: Action<RebaseFlags, [branch: string | undefined]> = async (
  session,
  { onto, dryRun, noProof },
  branch,
) => {
  const options = {
    dryRun,
    noProof,
    ...(branch !== undefined && { branch }),
    ...(onto !== undefined && { onto }),
  };
  const result = await stoppable(session, async (hooks) => rebase(await openProject(session, hooks), options));
  const words = ["limbeck", "rebase", branch ?? [], onto === undefined ? [] : ["--onto", onto]].flat();
  return {
    data: result,
    output: (style) => renderRebase(result, session.world.cwd, style),
    story: (style) => tellRebase(result, words.map(quoteWord).join(" "), style),
  };
};
