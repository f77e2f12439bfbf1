import { checkSingleHead } from "../../commands/check-single-head.ts";
import { check } from "../../commands/check.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { readSides } from "../read-sides.ts";
import { refuseBoth } from "../refuse-both.ts";
import { tellCheck, tellSingleHead } from "../render/check.ts";
import { openFiles, openProject } from "../session.ts";

/** Options of `check`. */
export type CheckFlags = GlobalFlags & {
  readonly singleHead: boolean;
  readonly offline: boolean;
  readonly requireProof: boolean;
};

/** `limbeck check`. */
export const runCheck: Action<CheckFlags> = async (session, flags) => {
  for (const name of ["offline", "requireProof"] as const) {
    refuseBoth("check", flags, ["singleHead", name], "--single-head compares nothing.");
  }
  const { singleHead, offline, requireProof } = flags;
  if (singleHead) {
    const result = checkSingleHead(await openFiles(session));
    return { data: result, story: (style) => tellSingleHead(result, style) };
  }
  const result = await check(await openProject(session), {
    ...readSides(session, { from: undefined, offline }),
    ...(requireProof && { requireProof }),
  });
  return { data: result, story: (style) => tellCheck(result, style) };
};
