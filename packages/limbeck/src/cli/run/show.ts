import { show } from "../../commands/show.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { renderShow } from "../render/show.ts";
import { openProject } from "../session.ts";

/** `limbeck show`. */
export const runShow: Action<GlobalFlags, [identifier: string]> = async (session, _flags, identifier) => {
  const result = await show(await openProject(session), identifier);
  return {
    data: result,
    output: (style) => renderShow(result, style),
    story: () => (result.revisions.length === 0 ? `"${identifier}" stands for no revision here.` : ""),
  };
};
