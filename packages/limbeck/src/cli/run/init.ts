import { init } from "../../commands/init.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { tellInit } from "../render/init.ts";

/** `limbeck init`. */
export const runInit: Action<GlobalFlags, [folder: string | undefined]> = async ({ world }, _flags, folder) => {
  const result = init({ cwd: world.cwd, ...(folder !== undefined && { folder }) });
  return { data: result, output: () => result.created.join("\n"), story: (style) => tellInit(result, style) };
};
