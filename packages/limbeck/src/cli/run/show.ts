import { show } from "../../commands/show.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { renderShow } from "../render/show.ts";
import { openProject } from "../session.ts";

/** `limbeck show`. */
export const runShow: Action<GlobalFlags, readonly string[]> = async (session, _flags, ...identifiers) => {
  const result = await show(await openProject(session), identifiers);
  const names = identifiers.map((identifier) => `"${identifier}"`).join(", ");
  return {
    data: result,
    output: (style) => renderShow(result, style),
    story: () => (result.revisions.length === 0 ? `${names} stands for no revision here.` : ""),
  };
};
