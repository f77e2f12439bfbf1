import * as fc from "fast-check";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { renderLiteral } from "./literal.ts";
import { printDocument } from "./print-document.ts";

const print = (value: unknown): string => printDocument(renderLiteral(value), 80);

describe("renderLiteral", () => {
  it.each([
    ["plain", '"plain"'],
    ["it's", '"it\'s"'],
    ['say "hi"', "'say \"hi\"'"],
    [`both ' and " and "`, `'both \\' and " and "'`],
    ["a\\b", '"a\\\\b"'],
    ["${x} `y`", '"${x} `y`"'],
    ["tab\tend", '"tab\\tend"'],
    ["zero\u200bwidth", '"zero\\u200bwidth"'],
    ["größe 名前 👩‍👩‍👧", '"größe 名前 👩\\u200d👩\\u200d👧"'],
    ["two\nlines", "`two\nlines`"],
    ["`${a}`\n\\", "`\\`\\${a}\\`\n\\\\`"],
    ["windows\r\nend", "`windows\\r\nend`"],
    ['a\\td\n\t\\"', '`a\\\\td\n\t\\\\"`'],
  ])("writes %j", (text, source) => {
    expect(print(text)).toBe(source);
  });

  it.each([
    [-0, "-0"],
    [Number.NaN, "Number.NaN"],
    [Number.NEGATIVE_INFINITY, "Number.NEGATIVE_INFINITY"],
    [1e21, "1e+21"],
    [12n, "12n"],
    [new Date(0), 'new Date("1970-01-01T00:00:00.000Z")'],
    [new Date(Number.NaN), "new Date(Number.NaN)"],
    [new Uint8Array([1, 255]), "new Uint8Array([1, 255])"],
    [new Uint8Array(17), 'new Uint8Array(Buffer.from("AAAAAAAAAAAAAAAAAAAAAAA=", "base64"))'],
    [[], "[]"],
    [{}, "{}"],
    [{ a: 1, "b-c": null, __proto: undefined }, '{ a: 1, "b-c": null, __proto: undefined }'],
    [JSON.parse('{ "__proto__": 1 }'), '{ ["__proto__"]: 1 }'],
    [
      [
        { a: 1, b: 2 },
        { a: 3, b: 4 },
      ],
      "[\n  { a: 1, b: 2 },\n  { a: 3, b: 4 },\n]",
    ],
  ])("writes %o", (value, source) => {
    expect(print(value)).toBe(source);
  });

  it("means the same text, whatever characters it has", { timeout: 60_000 }, () => {
    const character = fc.oneof(
      fc.constantFrom(..."'\"`\\${}\n\r\t\u2028\u2029\0\ud83d\ufeff".split("")),
      fc.string({ unit: "binary", maxLength: 2 }),
    );
    fc.assert(
      fc.property(fc.array(character), (characters) => {
        const text = characters.join("");
        expect(runInNewContext(`(${print(text)})`)).toBe(text);
      }),
    );
  });
});
