import { status } from "../../commands/status.ts";
import { EXIT_CODES } from "../../kernel/exit-code.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { renderStatus } from "../render/status.ts";
import { openProject } from "../session.ts";

/** Options of `status`. */
export type StatusFlags = GlobalFlags & { readonly check: boolean };

/** `limbeck status`. */
export const runStatus: Action<StatusFlags> = async (session, { check }) => {
  const environment = await openProject(session);
  const result = await status(environment);
  return {
    data: result,
    output: (style) => renderStatus(result, environment.config.urlSource, style),
    exitCode: check && !result.isAtHead ? EXIT_CODES.pending : EXIT_CODES.ok,
  };
};
