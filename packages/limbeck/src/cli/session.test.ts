import { describe, expect, it } from "vitest";
import { createFakeWorld } from "./fake-world.ts";
import { readArguments } from "./global-flags.ts";
import { choosePrompter } from "./session.ts";
import { shortenPath } from "./shorten-path.ts";
import type { OutputMode } from "./terminal.ts";

describe("choosePrompter", () => {
  const MODE: OutputMode = { json: false, quiet: false, noColor: false, ascii: false };

  const choose = (isTTY: boolean, env: Readonly<Record<string, string>>, mode: Partial<OutputMode> = {}): string => {
    const { world } = createFakeWorld({ isTTY, env });
    const plainPrompter = { ...world.plainPrompter };
    const prompter = choosePrompter({ ...world, plainPrompter }, { ...MODE, ...mode });
    if (!prompter) return "nobody";
    return prompter === plainPrompter ? "plain" : "rich";
  };

  it("needs a terminal on both ends", () => {
    expect(choose(true, {})).toBe("rich");
    expect(choose(false, {})).toBe("nobody");
    const { world } = createFakeWorld({ isTTY: true });
    expect(choosePrompter({ ...world, stdinIsTTY: false }, MODE)).toBeUndefined();
    expect(choosePrompter({ ...world, stdout: { ...world.stdout, isTTY: false } }, MODE)).toBeUndefined();
  });

  it("asks nobody in a pipeline, nor when JSON is wanted", () => {
    expect(choose(true, { CI: "true" })).toBe("nobody");
    expect(choose(true, { CI: "1" })).toBe("nobody");
    expect(choose(true, { CI: "false" })).toBe("rich");
    expect(choose(true, { CI: "" })).toBe("rich");
    expect(choose(true, {}, { json: true })).toBe("nobody");
  });

  it("asks plainly who wants it plain", () => {
    expect(choose(true, { TERM: "dumb" })).toBe("plain");
    expect(choose(true, {}, { noColor: true })).toBe("plain");
    expect(choose(true, {}, { ascii: true })).toBe("plain");
  });
});

describe("readArguments", () => {
  it("splits at the first equals sign; none means empty, the last one counts", () => {
    expect(readArguments(["tenant=a=b", "dry", "tenant=c", "empty="])).toEqual({ tenant: "c", dry: "", empty: "" });
    expect(readArguments()).toEqual({});
  });
});

describe("shortenPath", () => {
  it("shortens what lies below the folder", () => {
    expect(shortenPath("/app/migrations/a.ts", "/app")).toBe("migrations/a.ts");
    expect(shortenPath("/app/..a/b.ts", "/app")).toBe("..a/b.ts");
  });

  it("leaves what lies elsewhere", () => {
    expect(shortenPath("/other/a.ts", "/app")).toBe("/other/a.ts");
    expect(shortenPath("/app", "/app")).toBe("/app");
  });
});
