import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitWords } from "./split-words.ts";

/** What a real shell makes of lines, all in one go: to start it is what takes time. */
function askShell(lines: readonly string[]): readonly (readonly string[])[] {
  const script = lines.map((line) => `set -- ${line}\nfor word in "$@"; do printf '%s\\0' "$word"; done\nprintf '\\1'`);
  const output = execFileSync("sh", ["-c", script.join("\n")], { encoding: "utf8" });
  return output
    .split("\u0001")
    .slice(0, -1)
    .map((words) => words.split("\0").slice(0, -1));
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
    const lines = fc
      .sample(fc.array(pieces, { maxLength: 12 }), { numRuns: 2000, seed: 1 })
      // Behind a line break a shell expects another command.
      .map((chosen) => chosen.join("").replaceAll(/(?<!\\)\n/g, " "))
      .filter((line) => splitWords(line).ok);
    expect(lines.length).toBeGreaterThan(500);
    const expected = askShell(lines).map((words, index) => ({ line: lines[index], ok: true, words }));
    expect(lines.map((line) => ({ line, ...splitWords(line) }))).toEqual(expected);
  });
});
