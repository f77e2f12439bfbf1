import { check } from "../../commands/check.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { tellCheck } from "../render/check.ts";
import { openProject } from "../session.ts";

/** `limbeck check`. */
export const runCheck: Action<GlobalFlags> = async (session) => {
  const result = await check(await openProject(session));
  return { data: result, story: (style) => tellCheck(result, style) };
};
