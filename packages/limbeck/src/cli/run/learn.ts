import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LearnPackage } from "../../commands/learn-package.ts";
import { learnErrors } from "../../kernel/errors/learn-errors.ts";
import { importPackage } from "../../scripts/import-package.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { chooseStyle } from "../style.ts";

/** Options of `learn`. */
export type LearnFlags = GlobalFlags & { readonly show: boolean; readonly yes: boolean };

const NAME = "@limbeck/learn";

const isLearnPackage = (module: object | undefined): module is LearnPackage =>
  module !== undefined && "runLearn" in module && typeof module.runLearn === "function";

/** The package of the exercises: the one of the project, else the one beside this package, for those who have both installed elsewhere. */
async function loadPackage(cwd: string): Promise<LearnPackage> {
  const places = [join(cwd, "limbeck.config.ts"), fileURLToPath(import.meta.url)];
  for (const place of places) {
    const module = await importPackage(place, NAME);
    if (isLearnPackage(module)) return module;
  }
  throw learnErrors.packageMissing({});
}

/** `limbeck learn`. */
export const runLearn: Action<LearnFlags, [action: string | undefined, argument: string | undefined]> = async (
  { world, terminal, prompter },
  { show, yes },
  action,
  argument,
) => {
  const { cwd, env, stdout } = world;
  const { runLearn: run } = await loadPackage(cwd);
  const host = {
    cwd,
    env,
    command: world.ownCommand,
    look: chooseStyle(stdout, { env, ...terminal.mode }),
    isInteractive: prompter !== undefined,
    confirm: prompter?.confirm,
    write: stdout.write,
  };
  return run({ action, argument, show, yes }, host);
};
