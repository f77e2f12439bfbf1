import { downgrade, previewDowngrade, scriptDowngrade } from "../../commands/downgrade.ts";
import type { Action } from "../action.ts";
import { refuseBoth } from "../refuse-both.ts";
import { refuseScriptStream } from "../refuse-script-stream.ts";
import { requireBoth } from "../require-both.ts";
import { tellMigration } from "../render/migrate.ts";
import { tellScript } from "../render/script.ts";
import { keepSchemaFile } from "../keep-schema-file.ts";
import { lossAnswers } from "../loss-answers.ts";
import { lockPatience } from "../lock-patience.ts";
import { timeLimits } from "../time-limits.ts";
import { tellDatabase } from "../tell-database.ts";
import { openProject } from "../session.ts";
import { showProgress } from "../show-progress.ts";
import type { MigrateFlags } from "./upgrade.ts";

/** Options of `downgrade`. */
export type DowngradeFlags = MigrateFlags & { readonly allowDataLoss: boolean; readonly fromHistory: boolean };

/** `limbeck downgrade`. */
export const runDowngrade: Action<DowngradeFlags, [target: string]> = async (session, flags, target) => {
  refuseBoth("downgrade", flags, ["sql", "dryRun"], "--sql asks no database, --dry-run asks it what it holds.");
  refuseBoth("downgrade", flags, ["sql", "fromHistory"], "--sql asks no database, and the journal is in one.");
  refuseScriptStream(session, "downgrade", flags);
  requireBoth("downgrade", flags, ["targetVersion", "sql"], "A database tells its version itself.");
  const { fromHistory } = flags;
  if (flags.sql || flags.dryRun) {
    const environment = await openProject(session, timeLimits("downgrade", flags));
    const version = flags.targetVersion === undefined ? {} : { targetVersion: flags.targetVersion };
    const result = flags.sql
      ? await scriptDowngrade(environment, { target, ...version })
      : await previewDowngrade(environment, { target, fromHistory });
    const next = flags.dryRun ? `limbeck downgrade ${target}${fromHistory ? " --from-history" : ""}` : undefined;
    return { data: result, output: () => result.script, story: (style) => tellScript(result, next, style) };
  }
  return showProgress(session, async (hooks) => {
    const environment = await openProject(session, {
      ...hooks,
      ...lockPatience("downgrade", flags),
      ...timeLimits("downgrade", flags),
    });
    tellDatabase(session, "downgrade", environment);
    const result = await downgrade(environment, { target, fromHistory, ...lossAnswers(session, flags, "downgrade") });
    const kept = await keepSchemaFile(session, environment);
    return { data: { ...result, ...kept }, story: (style) => tellMigration(result, "limbeck status", style) };
  });
};
