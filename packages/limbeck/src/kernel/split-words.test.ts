import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitWords } from "./split-words.ts";

const END = "end of the line";

/** What a real shell makes of lines; one shell for all, because to start one takes longer than all the rest. */
function askShell(lines: readonly string[]): readonly (readonly string[])[] {
  const script = lines
    .map((line) => `set -- ${line}\nfor word in "$@"; do printf '%s\\0' "$word"; done; printf '${END}\\0'`)
    .join("\n");
  const answers = execFileSync("sh", ["-c", script], { encoding: "utf8" }).split(`${END}\0`).slice(0, -1);
  return answers.map((words) => words.split("\0").slice(0, -1));
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
    const lines = fc.array(pieces, { maxLength: 12 }).map((chosen) =>
      // Behind a line break a shell expects another command.
      chosen.join("").replaceAll(/(?<!\\)\n/g, " "),
    );
    const taken = fc.sample(lines, { numRuns: 400, seed: 20_260_221 }).flatMap((line) => {
      const split = splitWords(line);
      return split.ok ? [{ line, words: split.words }] : [];
    });
    const answers = askShell(taken.map(({ line }) => line));
    expect(taken.map(({ words }) => words)).toEqual(answers);
    expect(taken.length).toBeGreaterThan(100);
  });
});
