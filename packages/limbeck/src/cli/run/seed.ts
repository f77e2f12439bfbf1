import { seed } from "../../commands/seed/seed.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { lockPatience, type LockFlags } from "../lock-patience.ts";
import { lossAnswers, type LossFlags } from "../loss-answers.ts";
import { tellSeeds } from "../render/seed.ts";
import { openProject } from "../session.ts";
import { showProgress } from "../show-progress.ts";
import { tellDatabase } from "../tell-database.ts";

/** Options of `seed`. */
export type SeedFlags = GlobalFlags & LossFlags & LockFlags & { readonly only: readonly string[] | undefined };

/** `limbeck seed`. */
export const runSeeds: Action<SeedFlags> = async (session, flags) =>
  showProgress(session, async (hooks) => {
    const environment = await openProject(session, { ...hooks, ...lockPatience("seed", flags) });
    tellDatabase(session, "seed", environment);
    const result = await seed(environment, {
      ...lossAnswers(session, flags, "seed"),
      ...(flags.only && { only: flags.only }),
    });
    return { data: result, story: (style) => tellSeeds(result, style) };
  });
