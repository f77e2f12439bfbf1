import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readName, tokenize } from "./tokenize.ts";

const list = (sql: string): string[] => tokenize(sql).map(({ kind, text }) => `${kind} ${text}`);

describe("tokenize", () => {
  it("leaves out comments and white space, an open block comment at the end included", () => {
    expect(list("\uFEFF a--x\n/* b ** / */b/***/c /* d *")).toEqual(["word a", "word b", "word c"]);
    expect(list("--")).toEqual([]);
    expect(list("/*/ a */ b")).toEqual(["word b"]);
  });

  it("knows all quotes, doubled ones inside", () => {
    expect(list(`"a""b" \`c\`\`d\` [e"f] 'g''h'`)).toEqual([
      'quotedName "a""b"',
      "quotedName `c``d`",
      'quotedName [e"f]',
      "string 'g''h'",
    ]);
    expect(tokenize(`"a""b" \`c\`\`d\` [e"f] 'g''h' i`).map((token) => readName(token))).toEqual([
      'a"b',
      "c`d",
      'e"f',
      "g'h",
      "i",
    ]);
  });

  it("does not see comments in strings nor strings in comments", () => {
    expect(list("'--' /* ' */ \"/*\" -- '\n1")).toEqual(["string '--'", 'quotedName "/*"', "number 1"]);
  });

  it("knows numbers, blobs and placeholders", () => {
    expect(list("1 1.5 .5 5. 1e-3 0x1F 1_000 x'ab' X''")).toEqual([
      "number 1",
      "number 1.5",
      "number .5",
      "number 5.",
      "number 1e-3",
      "number 0x1F",
      "number 1_000",
      "blob x'ab'",
      "blob X''",
    ]);
    expect(list("? ?12 :a @b $c")).toEqual(["variable ?", "variable ?12", "variable :a", "variable @b", "variable $c"]);
    expect(list("a->>'$.b' -- c")).toEqual(["word a", "punctuation ->>", "string '$.b'"]);
  });

  it("takes letters beyond ASCII for names", () => {
    expect(list("größe 🙂x a$1")).toEqual(["word größe", "word 🙂x", "word a$1"]);
  });

  it("marks a quotation mark that nothing closes", () => {
    expect(list("a 'b")).toEqual(["word a", "unclosed '", "word b"]);
    expect(list("[a")).toEqual(["unclosed [", "word a"]);
  });

  it("loses no character but comments and white space", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "'a''b'",
        '"c"',
        "[d]",
        "`e`",
        "x'00'",
        "1.5e3",
        "->>",
        "(",
        ")",
        ",",
        ";",
        "?",
        "name",
        " ",
        "\n",
        "-",
        "/",
        "*",
        "'",
        "é",
      ),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join("")),
        (sql) => {
          let end = 0;
          for (const token of tokenize(sql)) {
            expect(token.start).toBeGreaterThanOrEqual(end);
            expect(sql.slice(end, token.start)).toMatch(/^(?:[ \t\n\f\r\uFEFF]|--|\/\*|$)/);
            expect(token.text).toBe(sql.slice(token.start, token.end));
            expect(token.text).not.toBe("");
            ({ end } = token);
          }
          expect(sql.slice(end)).toMatch(/^(?:[ \t\n\f\r\uFEFF]|--|\/\*|$)/);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("reads megabytes", () => {
    const text = `'${"a''".repeat(500_000)}' /*${"*x".repeat(500_000)}*/ "${'""'.repeat(500_000)}"`;
    expect(tokenize(text).map(({ kind }) => kind)).toEqual(["string", "quotedName"]);
  });
});
