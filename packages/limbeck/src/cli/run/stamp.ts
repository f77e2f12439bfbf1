import { scriptStamp, stamp } from "../../commands/stamp.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { lockPatience, type LockFlags } from "../lock-patience.ts";
import { refuseBoth } from "../refuse-both.ts";
import { tellStamp, tellStampScript } from "../render/stamp.ts";
import { requireBoth } from "../require-both.ts";
import { openProject } from "../session.ts";
import { showProgress } from "../show-progress.ts";

/** Options of `stamp`. */
export type StampFlags = GlobalFlags &
  LockFlags & {
    readonly purge: boolean;
    readonly sql: boolean;
    readonly targetVersion: string | undefined;
  };

/** `limbeck stamp`. */
export const runStamp: Action<StampFlags, readonly string[]> = async (session, flags, ...targets) => {
  const { purge, sql, targetVersion } = flags;
  refuseBoth(
    "stamp",
    flags,
    ["purge", "sql"],
    "A script cannot know which rows there are; FROM:TO names those that it replaces.",
  );
  requireBoth("stamp", flags, ["targetVersion", "sql"], "A database tells its version itself.");
  if (sql) {
    const options = { targets, ...(targetVersion !== undefined && { targetVersion }) };
    const result = await scriptStamp(await openProject(session), options);
    return { data: result, output: () => result.script, story: (style) => tellStampScript(result, style) };
  }
  return showProgress(session, async (hooks) => {
    const result = await stamp(await openProject(session, { ...hooks, ...lockPatience("stamp", flags) }), {
      targets,
      purge,
    });
    return { data: result, story: (style) => tellStamp(result, style) };
  });
};
