import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteWord } from "./quote-word.ts";

describe("quoteWord", () => {
  it("quotes only what needs it", () => {
    expect(quoteWord("migrations/versions")).toBe("migrations/versions");
    expect(quoteWord("add due date")).toBe('"add due date"');
    expect(quoteWord("costs $5")).toBe("'costs $5'");
    expect(quoteWord("it's $5")).toBe(String.raw`'it'\''s $5'`);
    expect(quoteWord("")).toBe('""');
  });

  it("is read back by a shell as it was", () => {
    const character = fc.constantFrom(...`ab01 \t\n'"\`$\\!#~*?[]{}()<>|&;=-%é名`.split(""));
    const words = fc.array(fc.string({ unit: character }), { minLength: 1, maxLength: 20 });
    const given = fc.sample(words, { numRuns: 20, seed: 1 }).flat();
    const script = String.raw`printf '%s\0' ${given.map(quoteWord).join(" ")}`;
    expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).toBe(given.map((word) => `${word}\0`).join(""));
  });
});
