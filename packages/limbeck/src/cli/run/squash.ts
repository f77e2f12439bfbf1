import { squash } from "../../commands/squash.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { tellSquash } from "../render/squash.ts";
import { openProject } from "../session.ts";
import { shortenPath } from "../shorten-path.ts";

/** Options of `squash`. */
export type SquashFlags = GlobalFlags & {
  readonly message: string | undefined;
  readonly revId: string | undefined;
  readonly noProof: boolean;
};

/** `limbeck squash`. */
export const runSquash: Action<SquashFlags, [range: string]> = async (session, { message, revId, noProof }, range) => {
  const result = await squash(await openProject(session), {
    range,
    noProof,
    ...(message !== undefined && { message }),
    ...(revId !== undefined && { revisionId: revId }),
  });
  return {
    data: result,
    output: () => shortenPath(result.path, session.world.cwd),
    story: (style) => tellSquash(result, style),
  };
};
