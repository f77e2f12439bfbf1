import { reset } from "../../commands/reset.ts";
import { EXIT_CODES } from "../../kernel/exit-code.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { tellMigration } from "../render/migrate.ts";
import { keepSchemaFile } from "../keep-schema-file.ts";
import { lossAnswers, type LossFlags } from "../loss-answers.ts";
import { lockPatience, type LockFlags } from "../lock-patience.ts";
import { timeLimits, type LimitFlags } from "../time-limits.ts";
import { tellDatabase } from "../tell-database.ts";
import { openProject } from "../session.ts";
import { showProgress } from "../show-progress.ts";

/** Options of `reset`. */
export type ResetFlags = GlobalFlags & LossFlags & LockFlags & LimitFlags & { readonly yes: boolean };

/** `limbeck reset`. */
export const runReset: Action<ResetFlags> = async (session, flags) =>
  showProgress(session, async (hooks) => {
    const environment = await openProject(session, {
      ...hooks,
      ...lockPatience("reset", flags),
      ...timeLimits("reset", flags),
    });
    const { dialect, config } = environment;
    const question = `Erase everything in ${dialect.redactUrl(config.url)} and run all revisions anew?`;
    const answer = flags.yes || (await session.prompter?.confirm(question));
    if (answer === false) {
      return { data: { steps: [] }, story: () => "Nothing was changed.", exitCode: EXIT_CODES.declined };
    }
    tellDatabase(session, "reset", environment);
    const answers = lossAnswers(session, flags, "reset");
    const result = await reset(environment, { ...answers, confirmed: answer ?? false });
    const kept = await keepSchemaFile(session, environment);
    return { data: { ...result, ...kept }, story: (style) => tellMigration(result, "limbeck status", style) };
  });
