import type { LossAnswers } from "../commands/losses/consent.ts";
import type { Session } from "./session.ts";
import { Declined } from "./world.ts";

/** Options that say what may be destroyed. */
export interface LossFlags {
  readonly confirm: string | undefined;
}

const list = (losses: readonly string[]): string => losses.map((loss) => `  ${loss}`).join("\n");

/** How questions about data that goes are answered: by the options, or by the person at the terminal. */
export function lossAnswers(
  { prompter }: Session,
  { allowDataLoss = false, confirm }: LossFlags & { readonly allowDataLoss?: boolean },
  command: string,
): LossAnswers {
  return {
    allowDataLoss,
    ...(confirm !== undefined && { confirm }),
    ...(prompter && {
      askLoss: async (losses) => {
        if (await prompter.confirm(`The ${command} destroys\n${list(losses)}\nGo on?`)) return true;
        throw new Declined();
      },
      askName: async (losses, name) =>
        prompter.type(
          `The ${command} destroys\n${list(losses)}\nThe database is protected. Type its name, ${name}, to go on:`,
        ),
    }),
  };
}
