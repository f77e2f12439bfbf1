import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { createPrompter } from "./prompter.ts";
import { Cancelled } from "./world.ts";

const ENTER = "\r";

/** Asks, and presses keys when the question is there. */
async function answer<Answer>(
  keys: string,
  ask: (prompter: ReturnType<typeof createPrompter>) => Promise<Answer>,
): Promise<Answer> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  output.once("data", () => setImmediate(() => input.write(keys)));
  return ask(createPrompter(input, output));
}

const CHOICES = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];

describe("createPrompter", () => {
  it("gives what is answered", async () => {
    expect(await answer(`y`, (prompter) => prompter.confirm("Sure?"))).toBe(true);
    expect(await answer(`app${ENTER}`, (prompter) => prompter.type("Its name?"))).toBe("app");
    expect(await answer(`\u001b[B${ENTER}`, (prompter) => prompter.select("Renamed?", CHOICES))).toBe("no");
  });

  it.each([
    ["Ctrl-C", "\u0003"],
    ["Ctrl-D", "\u0004"],
  ])("takes %s for no answer", async (_, key) => {
    await expect(answer(key, (prompter) => prompter.confirm("Sure?"))).rejects.toThrow(Cancelled);
    await expect(answer(key, (prompter) => prompter.type("Its name?"))).rejects.toThrow(Cancelled);
    await expect(answer(key, (prompter) => prompter.select("Renamed?", CHOICES))).rejects.toThrow(Cancelled);
  });
});
