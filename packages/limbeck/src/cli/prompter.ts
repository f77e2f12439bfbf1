import type { Readable, Writable } from "node:stream";
import { Cancelled, type Prompter } from "./world.ts";

/** Asks on a terminal; what it needs for that is loaded with the first question. */
export function createPrompter(input: Readable, output: Writable): Prompter {
  return {
    confirm: async (message) => {
      const { confirm, isCancel } = await import("@clack/prompts");
      const answer = await confirm({ message, initialValue: false, input, output });
      if (isCancel(answer)) throw new Cancelled();
      return answer;
    },
    type: async (message) => {
      const { isCancel, text } = await import("@clack/prompts");
      const answer = await text({ message, input, output });
      if (isCancel(answer)) throw new Cancelled();
      return answer;
    },
    select: async (message, choices) => {
      const { isCancel, select } = await import("@clack/prompts");
      const answer = await select<string>({
        message,
        options: choices.map(({ value, label }) => ({ value, label })),
        input,
        output,
      });
      const chosen = choices.find(({ value }) => value === answer);
      if (isCancel(answer) || !chosen) throw new Cancelled();
      return chosen.value;
    },
  };
}
