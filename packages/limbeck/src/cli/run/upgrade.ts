import { previewUpgrade, scriptUpgrade, upgrade } from "../../commands/upgrade.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { refuseBoth } from "../refuse-both.ts";
import { refuseScriptStream } from "../refuse-script-stream.ts";
import { requireBoth } from "../require-both.ts";
import { tellMigration } from "../render/migrate.ts";
import { tellScript } from "../render/script.ts";
import { keepSchemaFile } from "../keep-schema-file.ts";
import { lossAnswers, type LossFlags } from "../loss-answers.ts";
import { lockPatience, type LockFlags } from "../lock-patience.ts";
import { timeLimits, type LimitFlags, type ReplicaFlags } from "../time-limits.ts";
import { tellDatabase } from "../tell-database.ts";
import { openProject } from "../session.ts";
import { showProgress } from "../show-progress.ts";

/** Options of `upgrade` and `downgrade`. */
export type MigrateFlags = GlobalFlags &
  LossFlags &
  LockFlags &
  LimitFlags & {
    readonly sql: boolean;
    readonly dryRun: boolean;
    readonly targetVersion: string | undefined;
  };

/** Options of `upgrade`. */
export type UpgradeFlags = MigrateFlags &
  ReplicaFlags & {
    readonly strict: boolean;
    readonly all: boolean;
    readonly concurrency: string | undefined;
    readonly canary: string | undefined;
    readonly maxFailures: string | undefined;
  };

/** `limbeck upgrade`. */
export const runUpgrade: Action<UpgradeFlags, [target: string]> = async (session, flags, target) => {
  for (const name of ["concurrency", "canary", "maxFailures"] as const) {
    requireBoth("upgrade", flags, [name, "all"], "There is one database otherwise.");
  }
  if (flags.all) {
    for (const name of ["sql", "dryRun", "url"] as const) {
      refuseBoth(
        "upgrade",
        flags,
        [name, "all"],
        "It is about one database, and --all about those that the config lists.",
      );
    }
    const { runUpgradeAll } = await import("./upgrade-all.ts");
    return runUpgradeAll(session, flags, target);
  }
  const { strict } = flags;
  refuseBoth("upgrade", flags, ["sql", "strict"], "--sql asks no database, so that none can be looked at.");
  refuseBoth("upgrade", flags, ["sql", "dryRun"], "--sql asks no database, --dry-run asks it what it holds.");
  refuseScriptStream(session, "upgrade", flags);
  requireBoth("upgrade", flags, ["targetVersion", "sql"], "A database tells its version itself.");
  if (flags.sql || flags.dryRun) {
    const environment = await openProject(session, timeLimits("upgrade", flags));
    const version = flags.targetVersion === undefined ? {} : { targetVersion: flags.targetVersion };
    const result = flags.sql
      ? await scriptUpgrade(environment, { target, ...version })
      : await previewUpgrade(environment, { target, strict });
    const next = flags.dryRun ? `limbeck upgrade ${target}${strict ? " --strict" : ""}` : undefined;
    return { data: result, output: () => result.script, story: (style) => tellScript(result, next, style) };
  }
  return showProgress(session, async (hooks) => {
    const environment = await openProject(session, {
      ...hooks,
      ...lockPatience("upgrade", flags),
      ...timeLimits("upgrade", flags),
    });
    tellDatabase(session, "upgrade", environment);
    const result = await upgrade(environment, { target, strict, ...lossAnswers(session, flags, "upgrade") });
    const kept = await keepSchemaFile(session, environment);
    const { heads, pending } = result;
    const next = pending === 0 ? "limbeck status" : `limbeck upgrade ${heads.length > 1 ? "heads" : "head"}`;
    return { data: { ...result, ...kept }, story: (style) => tellMigration(result, next, style) };
  });
};
