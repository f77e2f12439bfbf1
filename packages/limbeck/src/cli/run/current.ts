import { current } from "../../commands/current.ts";
import { EXIT_CODES } from "../../kernel/exit-code.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { renderCurrent, tellCurrent } from "../render/current.ts";
import { openProject } from "../session.ts";

/** Options of `current`. */
export type CurrentFlags = GlobalFlags & {
  readonly verbose: boolean;
  readonly checkHeads: boolean;
};

/** `limbeck current`. */
export const runCurrent: Action<CurrentFlags> = async (session, { verbose, checkHeads }) => {
  const result = await current(await openProject(session));
  return {
    data: result,
    output: (style) => renderCurrent(result, verbose, style),
    story: (style) => tellCurrent(result, style),
    exitCode: checkHeads && !result.isAtHead ? EXIT_CODES.pending : EXIT_CODES.ok,
  };
};
