import { checkSingleHead } from "../../commands/check-single-head.ts";
import { check } from "../../commands/check.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { tellCheck, tellSingleHead } from "../render/check.ts";
import { openFiles, openProject } from "../session.ts";

/** Options of `check`. */
export type CheckFlags = GlobalFlags & { readonly singleHead: boolean };

/** `limbeck check`. */
export const runCheck: Action<CheckFlags> = async (session, { singleHead }) => {
  if (singleHead) {
    const result = checkSingleHead(await openFiles(session));
    return { data: result, story: (style) => tellSingleHead(result, style) };
  }
  const result = await check(await openProject(session));
  return { data: result, story: (style) => tellCheck(result, style) };
};
