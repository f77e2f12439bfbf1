import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitWords } from "./split-words.ts";

/** What a real shell makes of a line. */
function askShell(line: string): readonly string[] {
  const script = `set -- ${line}\nfor word in "$@"; do printf '%s\\0' "$word"; done`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

describe("splitWords", () => {
  it.each([
    ["code --wait", ["code", "--wait"]],
    [`  "/opt/my editor/ed"  -x `, ["/opt/my editor/ed", "-x"]],
    [`a 'b "c' d\\ e "f\\"g" h''i ''`, ["a", `b "c`, "d e", `f"g`, "hi", ""]],
    [String.raw`'it'\''s' "a\nb" 'a\b'`, ["it's", String.raw`a\nb`, String.raw`a\b`]],
    [String.raw`\$HOME "\$HOME" '$HOME' \*.ts a#b x=1`, ["$HOME", "$HOME", "$HOME", "*.ts", "a#b", "x=1"]],
    ["", []],
  ])("splits %j", (line, words) => {
    expect(splitWords(line)).toEqual({ ok: true, words });
  });

  it.each([
    ["a && b", "&"],
    ["a | b", "|"],
    ["a; b", ";"],
    ["a > b", ">"],
    ["a $HOME", "$"],
    [`a "$HOME"`, "$"],
    ["a `b`", "`"],
    [String.raw`a "\\$HOME"`, "$"],
    ["a *.ts", "*"],
    ["a #b", "#"],
    ["~/bin/a", "~"],
  ])("refuses %j, because a shell would do something with %s", (line, special) => {
    expect(splitWords(line)).toEqual({ ok: false, problem: `"${special}" needs a shell, and there is none` });
  });

  it.each([`a "b`, "a 'b", "a \\"])("refuses %j, which never ends", (line) => {
    expect(splitWords(line)).toEqual({ ok: false, problem: "a quotation mark or a backslash is open" });
  });

  it("splits what it takes as a real shell does", () => {
    const pieces = fc.constantFrom("a", "b", " ", " ", "'", "'", `"`, `"`, "\\", "\n", "$", "#", "=", "é", "-", "|");
    let taken = 0;
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (chosen) => {
        // Behind a line break a shell expects another command.
        const line = chosen.join("").replaceAll(/(?<!\\)\n/g, " ");
        const split = splitWords(line);
        if (!split.ok) return;
        taken += 1;
        expect(split.words).toEqual(askShell(line));
      }),
      { numRuns: 400 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});
