import { init } from "../../commands/init.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { tellInit } from "../render/init.ts";

/** Options of `init`. */
export type InitFlags = GlobalFlags & { readonly template: string | undefined };

/** `limbeck init`. */
export const runInit: Action<InitFlags, [folder: string | undefined]> = async ({ world }, { template }, folder) => {
  const result = init({
    cwd: world.cwd,
    version: world.version(),
    ...(folder !== undefined && { folder }),
    ...(template !== undefined && { template }),
  });
  return { data: result, output: () => result.created.join("\n"), story: (style) => tellInit(result, style) };
};
