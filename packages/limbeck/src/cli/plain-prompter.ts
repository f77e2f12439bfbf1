import type { Readable, Writable } from "node:stream";
import { Cancelled, type Choice, type Prompter } from "./world.ts";

async function askLine(question: string, input: Readable, output: Writable): Promise<string> {
  const { createInterface } = await import("node:readline");
  const lines = createInterface({ input, output });
  try {
    return await new Promise((resolve, reject) => {
      // Ctrl-C and Ctrl-D both mean that there is no answer.
      lines.on("SIGINT", () => lines.close());
      lines.on("close", () => {
        output.write("\n");
        reject(new Cancelled());
      });
      lines.question(question, (answer) => {
        lines.removeAllListeners("close");
        resolve(answer);
      });
    });
  } finally {
    lines.close();
  }
}

/** Asks line by line, for terminals that cannot move the cursor and for people who want neither colours nor signs. */
export function createPlainPrompter(input: Readable, output: Writable): Prompter {
  const select = async <Value extends string>(message: string, choices: readonly Choice<Value>[]): Promise<Value> => {
    const list = choices.map(({ label }, index) => `  ${index + 1}) ${label}\n`).join("");
    const answer = await askLine(`${message}\n${list}Type a number: `, input, output);
    const chosen = choices.find((_, index) => answer.trim() === String(index + 1));
    return chosen ? chosen.value : select(message, choices);
  };
  return {
    confirm: async (message) => /^y(es)?$/i.test((await askLine(`${message} [y/N] `, input, output)).trim()),
    type: async (message) => (await askLine(`${message} `, input, output)).trim(),
    select,
  };
}
