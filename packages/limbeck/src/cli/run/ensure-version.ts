import { ensureVersion, scriptEnsureVersion } from "../../commands/ensure-version.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { tellEnsureVersion } from "../render/ensure-version.ts";
import { lockPatience, type LockFlags } from "../lock-patience.ts";
import { requireBoth } from "../require-both.ts";
import { openProject } from "../session.ts";

/** Options of `ensure-version`. */
export type EnsureVersionFlags = GlobalFlags &
  LockFlags & {
    readonly sql: boolean;
    readonly targetVersion: string | undefined;
  };

/** `limbeck ensure-version`. */
export const runEnsureVersion: Action<EnsureVersionFlags> = async (session, flags) => {
  const { sql, targetVersion } = flags;
  requireBoth("ensure-version", flags, ["targetVersion", "sql"], "A database tells its version itself.");
  const environment = await openProject(session, lockPatience("ensure-version", flags));
  if (sql) {
    const result = await scriptEnsureVersion(environment, targetVersion === undefined ? {} : { targetVersion });
    return { data: result, output: () => result.script, story: () => "Nothing was executed." };
  }
  const result = await ensureVersion(environment);
  return { data: result, story: (style) => tellEnsureVersion(result, style) };
};
