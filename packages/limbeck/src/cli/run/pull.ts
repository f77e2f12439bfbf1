import { resolve } from "node:path";
import { pull } from "../../commands/pull.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { refuseBoth } from "../refuse-both.ts";
import { tellPull } from "../render/pull.ts";
import { openProject } from "../session.ts";
import { shortenPath } from "../shorten-path.ts";

/** Options of `pull`. */
export type PullFlags = GlobalFlags & {
  readonly message: string | undefined;
  readonly dryRun: boolean;
  readonly noRevision: boolean;
  readonly noStamp: boolean;
};

/** `limbeck pull`. */
export const runPull: Action<PullFlags, [file: string | undefined]> = async (session, flags, file) => {
  refuseBoth("pull", flags, ["noRevision", "message"], "A message is what a revision is given.");
  const { message, dryRun, noRevision, noStamp } = flags;
  const { cwd } = session.world;
  const result = await pull(await openProject(session), {
    dryRun,
    noRevision,
    noStamp,
    ...(message !== undefined && { message }),
    ...(file !== undefined && { path: resolve(cwd, file) }),
  });
  return {
    data: result,
    output: () => (dryRun ? result.models.trimEnd() : shortenPath(result.path, cwd)),
    story: (style) => tellPull(result, style),
  };
};
