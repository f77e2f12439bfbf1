import { stamp } from "../../commands/stamp.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { tellStamp } from "../render/stamp.ts";
import { openProject } from "../session.ts";

/** Options of `stamp`. */
export type StampFlags = GlobalFlags & { readonly purge: boolean };

/** `limbeck stamp`. */
export const runStamp: Action<StampFlags, readonly string[]> = async (session, { purge }, ...targets) => {
  const result = await stamp(await openProject(session), { targets, purge });
  return { data: result, story: (style) => tellStamp(result, style) };
};
