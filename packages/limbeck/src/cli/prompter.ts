import type { Readable, Writable } from "node:stream";
import { Cancelled, type Prompter } from "./world.ts";

/** A key as `node:readline` tells of it. */
interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
}

/** Asks, and takes Ctrl-D for no answer as well as Ctrl-C: there is no more input after it, and nobody would answer any more. */
async function askOnce<Answer>(
  input: Readable,
  ask: (ends: { readonly signal: AbortSignal }) => Promise<Answer>,
): Promise<Exclude<Answer, symbol>> {
  const { isCancel } = await import("@clack/prompts");
  const end = new AbortController();
  const onKey = (_: unknown, { ctrl, name }: Key): void => {
    if (ctrl === true && name === "d") end.abort();
  };
  input.on("keypress", onKey);
  try {
    const answer = await ask({ signal: end.signal });
    if (isCancel(answer)) throw new Cancelled();
    // What is no symbol of clack's is an answer.
    return answer as Exclude<Answer, symbol>;
  } finally {
    input.off("keypress", onKey);
  }
}

/** Asks on a terminal; what it needs for that is loaded with the first question. */
export function createPrompter(input: Readable, output: Writable): Prompter {
  return {
    confirm: async (message) => {
      const { confirm } = await import("@clack/prompts");
      return askOnce(input, (ends) => confirm({ message, initialValue: false, input, output, ...ends }));
    },
    type: async (message) => {
      const { text } = await import("@clack/prompts");
      return askOnce(input, (ends) => text({ message, input, output, ...ends }));
    },
    select: async (message, choices) => {
      const { select } = await import("@clack/prompts");
      const options = choices.map(({ value, label }) => ({ value, label }));
      const answer = await askOnce(input, (ends) => select<string>({ message, options, input, output, ...ends }));
      const chosen = choices.find(({ value }) => value === answer);
      if (!chosen) throw new Cancelled();
      return chosen.value;
    },
  };
}
