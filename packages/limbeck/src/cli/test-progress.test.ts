import { describe, expect, it } from "vitest";
import { createFakeWorld } from "./fake-world.ts";
import { createTerminal } from "./terminal.ts";
import { createTestProgress } from "./test-progress.ts";

const STEP = { revision: "a1", message: "create todos", data: "generated", number: 1, total: 12 } as const;

function show(
  isTTY: boolean,
  mode: { readonly quiet?: boolean; readonly json?: boolean; readonly ascii?: boolean },
): string {
  const { world, stderr } = createFakeWorld({ isTTY });
  const flags = { json: false, quiet: false, noColor: false, ascii: false, ...mode };
  const terminal = createTerminal(world, flags);
  const progress = createTestProgress({
    world,
    terminal,
    flags: { ...flags, config: undefined, url: undefined, xArg: undefined },
    prompter: undefined,
  });
  progress.show(STEP);
  progress.show({ ...STEP, data: "real", number: 2, message: "m".repeat(100) });
  progress.clear();
  return stderr();
}

describe("the progress of a test", () => {
  it("is one line on a terminal, gone at the end", () => {
    const text = show(true, {});
    expect(text.split("\r\u001B[2K")).toHaveLength(4);
    expect(text).not.toContain("\n");
    expect(text.endsWith("\r\u001B[2K")).toBe(true);
  });

  it("is a line for each revision elsewhere, cut at 80 columns", () => {
    const lines = show(false, {}).split("\n");
    expect(lines).toEqual(["1/12 a1 create todos …", expect.stringMatching(/^2\/12 a1 with the real rows m+…$/), ""]);
    expect(lines[1]?.length).toBeLessThan(80);
    expect(show(true, { ascii: true })).toMatch(/^1\/12 a1 create todos \.\.\.\n/);
  });

  it("is silent for those who want it to be", () => {
    expect(show(true, { quiet: true }) + show(false, { json: true })).toBe("");
  });
});
