import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SourceScanner } from "./source-scanner.ts";

function scan(text: string): readonly string[] {
  const scanner = new SourceScanner(text);
  const pieces: string[] = [];
  for (let token = scanner.next(); token; token = scanner.next()) pieces.push(token.text);
  return pieces;
}

describe("SourceScanner", () => {
  it("passes over comments and remembers where they are", () => {
    const text = "#!/usr/bin/env node\n// one\nconst /* two */ a = 1; // three";
    const scanner = new SourceScanner(text);
    while (scanner.next()) {
      // To the end.
    }
    expect(scanner.comments.map(({ start, end }) => text.slice(start, end))).toEqual([
      "// one",
      "/* two */",
      "// three",
    ]);
    expect(scan(text)).toEqual(["const", "a", "=", "1", ";"]);
  });

  it.each([
    [
      "quotes and comment marks in strings",
      String.raw`a = "\"// not" + '/* not'`,
      ["a", "=", String.raw`"\"// not"`, "+", "'/* not'"],
    ],
    ["templates with code in them", "`a ${ b + `c ${d}` } e` f", ["`a ${ b + `c ${d}` } e`", "f"]],
    ["a brace in a string inside a template", "`${ '}' }` x", ["`${ '}' }`", "x"]],
    ["dollar signs and backticks that are escaped", "`\\` \\${ $5 $` x", ["`\\` \\${ $5 $`", "x"]],
    ["regular expressions with quotes", `x = /["'\`]/g; y`, ["x", "=", `/["'\`]/g`, ";", "y"]],
    ["a slash in a character class", "x = /[/]\\//; y", ["x", "=", "/[/]\\//", ";", "y"]],
    ["divisions", `a / b / "c"`, ["a", "/", "b", "/", `"c"`]],
    ["division after a bracket", `f(a) / 2 + "/"`, ["f", "(", "a", ")", "/", "2", "+", `"/"`]],
    ["a regular expression after return", `return /"/.test(a)`, ["return", `/"/`, ".", "test", "(", "a", ")"]],
    ["names with letters of any script", "größe = 名前", ["größe", "=", "名前"]],
  ])("keeps together %s", (_, text, pieces) => {
    expect(scan(text)).toEqual(pieces);
  });

  it("tells where a line begins, comments over several lines included", () => {
    const scanner = new SourceScanner("a /* x\n */ b `\n${\nc}` d\n e");
    const starts: [string, boolean][] = [];
    for (let token = scanner.next(); token; token = scanner.next()) starts.push([token.text, token.startsLine]);
    expect(starts).toEqual([
      ["a", true],
      ["b", true],
      ["`\n${\nc}`", false],
      ["d", false],
      ["e", true],
    ]);
  });

  it("gives the same piece when it peeks first", () => {
    const scanner = new SourceScanner("/* c */ a / b");
    expect(scanner.peek()).toEqual(scanner.next());
    expect(scanner.comments).toHaveLength(1);
    expect(scanner.peek()?.text).toBe("/");
    expect(scanner.next()?.text).toBe("/");
  });

  it("ends on any text, and the pieces are parts of it in order", () => {
    const pieces = fc.constantFrom(..."`'\"/\\${}()[]*\n ab0;".split(""), "${", "//", "/*", "*/");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join("");
        const scanner = new SourceScanner(text);
        let last = 0;
        for (let token = scanner.next(); token; token = scanner.next()) {
          expect(token.start).toBeGreaterThanOrEqual(last);
          expect(token.end).toBeGreaterThan(token.start);
          expect(text.slice(token.start, token.end)).toBe(token.text);
          last = token.end;
        }
      }),
    );
  });
});
