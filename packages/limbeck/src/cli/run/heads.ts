import { heads } from "../../commands/heads.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { renderHeads } from "../render/heads.ts";
import { tellUnusedSquashes } from "../render/unused-squashes.ts";
import { openProject } from "../session.ts";

/** Options of `heads`. */
export type HeadsFlags = GlobalFlags & { readonly verbose: boolean; readonly resolveDependencies: boolean };

/** `limbeck heads`. */
export const runHeads: Action<HeadsFlags> = async (session, { verbose, resolveDependencies }) => {
  const result = heads(await openProject(session), { resolveDependencies });
  return {
    data: result,
    output: (style) => renderHeads(result, verbose, style),
    story: (style) =>
      result.revisions.length === 0 ? "There are no revisions." : tellUnusedSquashes(result.unusedSquashes, style),
  };
};
