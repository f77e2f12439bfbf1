import { verify } from "../../commands/verify.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { tellVerify } from "../render/verify.ts";
import { openProject } from "../session.ts";

/** `limbeck verify`. */
export const runVerify: Action<GlobalFlags> = async (session) => {
  const result = await verify(await openProject(session));
  return { data: result, story: (style) => tellVerify(result, style) };
};
