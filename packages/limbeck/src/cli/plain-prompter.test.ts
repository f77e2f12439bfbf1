import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { createPlainPrompter } from "./plain-prompter.ts";

const CHOICES = [
  { value: "yes", label: "Rename it" },
  { value: "no", label: "Drop it" },
] as const;

function start() {
  const input = new PassThrough();
  const output = new PassThrough();
  return { input, prompter: createPlainPrompter(input, output), shown: () => String(output.read() ?? "") };
}

describe("the plain prompter", () => {
  it.each([
    ["y", true],
    ["YES", true],
    ["n", false],
    ["", false],
    ["yesterday", false],
  ])("takes %j for %s", async (typed, expected) => {
    const { input, prompter, shown } = start();
    input.write(`${typed}\n`);
    expect(await prompter.confirm("Erase everything?")).toBe(expected);
    expect(shown()).toContain("Erase everything? [y/N] ");
  });

  it("asks again until a number fits", async () => {
    const { input, prompter, shown } = start();
    input.write("3\n");
    const answer = prompter.select("Was it renamed?", CHOICES);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(shown()).toContain("Was it renamed?\n  1) Rename it\n  2) Drop it\nType a number: ");
    input.write("2\n");
    expect(await answer).toBe("no");
  });

  it("is left when the input ends", async () => {
    const { input, prompter } = start();
    input.end();
    await expect(prompter.confirm("Erase everything?")).rejects.toMatchObject({ name: "Cancelled" });
  });
});
