import { squash } from "../../commands/squash.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { tellSquash } from "../render/squash.ts";
import { openProject } from "../session.ts";
import { shortenPath } from "../shorten-path.ts";
import { stoppable } from "../stoppable.ts";

/** Options of `squash`. */
export type SquashFlags = GlobalFlags & {
  readonly message: string | undefined;
  readonly revId: string | undefined;
  readonly noProof: boolean;
};

/** `limbeck squash`. */
export const runSquash: Action<SquashFlags, [range: string]> = async (session, { message, revId, noProof }, range) => {
  const options = {
    range,
    noProof,
    ...(message !== undefined && { message }),
    ...(revId !== undefined && { revisionId: revId }),
  };
  const result = await stoppable(session, async (hooks) => squash(await openProject(session, hooks), options));
  return {
    data: result,
    output: () => shortenPath(result.path, session.world.cwd),
    story: (style) => tellSquash(result, style),
  };
};
