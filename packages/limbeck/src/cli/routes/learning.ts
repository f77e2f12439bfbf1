import { buildCommand, type Command } from "@stricli/core";
import { perform, type ActionContext } from "../action.ts";
import { asWritten, GLOBAL_ALIASES, GLOBAL_FLAGS, switchFlag } from "../global-flags.ts";

/** `limbeck learn`. */
export const learnCommand: Command<ActionContext> = buildCommand({
  loader: async () => perform((await import("../run/learn.ts")).runLearn),
  parameters: {
    flags: {
      ...GLOBAL_FLAGS,
      show: switchFlag("With solution: before the exercise is solved, too"),
      yes: switchFlag("With clean: do not ask"),
    },
    aliases: { ...GLOBAL_ALIASES, y: "yes" },
    positional: {
      kind: "tuple",
      parameters: [
        {
          brief: "start, watch, check, next, go, hint, undo, reset, solution, list, clean or dev-check; default: watch",
          parse: asWritten,
          placeholder: "ACTION",
          optional: true,
        },
        {
          brief: "The folder to start in, the exercise to go to, or an exercise or an engine for dev-check",
          parse: asWritten,
          placeholder: "NAME",
          optional: true,
        },
      ],
    },
  },
  docs: { brief: "Learn migrations by exercises that are checked" },
});
