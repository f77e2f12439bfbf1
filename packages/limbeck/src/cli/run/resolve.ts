import { resolve } from "../../commands/resolve.ts";
import { usageErrors } from "../../kernel/errors/usage-errors.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { refuseBoth } from "../refuse-both.ts";
import { tellResolve } from "../render/resolve.ts";
import { openProject } from "../session.ts";

/** Options of `resolve`. */
export type ResolveFlags = GlobalFlags & { readonly applied: boolean; readonly rolledBack: boolean };

/** `limbeck resolve`. */
export const runResolve: Action<ResolveFlags, [revision: string]> = async (session, flags, revision) => {
  refuseBoth("resolve", flags, ["applied", "rolledBack"], "A statement either took effect or did not.");
  if (!flags.applied && !flags.rolledBack) {
    const examples = [`limbeck resolve ${revision} --applied`, `limbeck resolve ${revision} --rolled-back`];
    throw usageErrors.flagMissing({ command: "resolve", flag: "--applied or --rolled-back", examples });
  }
  const outcome = flags.applied ? "applied" : "rolledBack";
  const result = await resolve(await openProject(session), { revision, outcome });
  return { data: result, story: (style) => tellResolve(result, style) };
};
