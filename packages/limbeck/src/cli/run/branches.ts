import { branches } from "../../commands/branches.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { renderBranches } from "../render/branches.ts";
import { openProject } from "../session.ts";

/** Options of `branches`. */
export type BranchesFlags = GlobalFlags & { readonly verbose: boolean };

/** `limbeck branches`. */
export const runBranches: Action<BranchesFlags> = async (session, { verbose }) => {
  const result = branches(await openProject(session));
  return {
    data: result,
    output: (style) => renderBranches(result, verbose, style),
    story: () => (result.revisions.length === 0 ? "The history has no branch points." : ""),
  };
};
