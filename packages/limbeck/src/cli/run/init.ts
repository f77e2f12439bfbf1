import { init } from "../../commands/init.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { refuseBoth } from "../refuse-both.ts";
import { tellInit } from "../render/init.ts";

/** Options of `init`. */
export type InitFlags = GlobalFlags & { readonly template: string | undefined; readonly models: string | undefined };

/** `limbeck init`. */
export const runInit: Action<InitFlags, [folder: string | undefined]> = async ({ world }, flags, folder) => {
  const { template, models } = flags;
  if (template !== "generic")
    refuseBoth("init", flags, ["models", "template"], "Other templates have files of their own for the models.");
  const result = init({
    cwd: world.cwd,
    version: world.version(),
    ...(folder !== undefined && { folder }),
    ...(template !== undefined && { template }),
    ...(models !== undefined && { models }),
  });
  return { data: result, output: () => result.created.join("\n"), story: (style) => tellInit(result, style) };
};
