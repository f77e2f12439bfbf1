import { describe, expect, it } from "vitest";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { replaceParents } from "./replace-parents.ts";

/** What stands in the place of a value afterwards; the text around it, `@` being the place, must not change. */
function replaceValue(name: string, template: string, from: string, parents: readonly string[]): string {
  const [before = "", after = ""] = template.split("@");
  const text = replaceParents(`/versions/${name}`, before + from + after, parents);
  if (!text.startsWith(before) || !text.endsWith(after)) throw new Error(`Something else has changed: ${text}`);
  return text.slice(before.length, text.length - after.length);
}

const GENERATED = [
  "/**",
  " * add due: downRevision = nothing",
  " */",
  'import type { Operations } from "limbeck";',
  "",
  'export const revision = "b2";',
  "export const downRevision = @;",
  "export const branchLabels: string[] = [];",
  "export const dependsOn: string[] = [];",
  "",
  "export async function upgrade(op: Operations) {",
  '  const downRevision = "a1";',
  "}",
  "",
].join("\n");

describe("replaceParents", () => {
  it("changes the one value of a generated file and nothing else", () => {
    expect(replaceValue("b2.ts", GENERATED, '"a1"', ["c3"])).toBe('"c3"');
    expect(replaceValue("b2.ts", GENERATED, "null", ["c3"])).toBe('"c3"');
    expect(replaceValue("b2.ts", GENERATED, '"a1"', ["c3", "d4"])).toBe('["c3", "d4"]');
    expect(replaceValue("b2.ts", GENERATED, '["a1", "a2"]', ["c3"])).toBe('["c3"]');
    expect(replaceValue("b2.ts", GENERATED.replaceAll("\n", "\r\n"), '"a1"', ["c3"])).toBe('"c3"');
    expect(replaceValue("b2.ts", `\uFEFF${GENERATED}`, '"a1"', ["c3"])).toBe('"c3"');
  });

  it.each([
    ["export const revision = 'b2', downRevision = @ as string | null, dependsOn = [];", "'a1'", "'c3'"],
    ["export const revision = 'b2'; export const downRevision: string | null = /* the first */ @", "null", "'c3'"],
    ["export const downRevision = @ satisfies string;\nexport const revision = `b2`", "`a1`", "`c3`"],
    [
      'exports.downRevision = exports.revision = void 0;\nexports.revision = "b2";\nexports.downRevision = @;',
      '"a1"',
      '"c3"',
    ],
    [
      'export const revision = "b2"\nexport const downRevision = @ // below\n',
      "[\n  'a1', // one\n  'a2',\n]",
      "['c3']",
    ],
    ['export const revision = "b2"; export const downRevision = @;', '("a1")', '"c3"'],
  ])("finds the value in %s", (template, from, to) => {
    expect(replaceValue("b2.mjs", `${template}\nexport async function upgrade() {}\n`, from, ["c3"])).toBe(to);
  });

  it.each([
    [
      "-- due\n--\n-- revision: b2\n-- down_revision: @\n\n-- limbeck: upgrade\n-- down_revision: a1\nSELECT 1;\n",
      "a1",
    ],
    ["\uFEFF--down_revision:@\r\n-- revision: b2\r\n-- limbeck: upgrade\r\nSELECT 1;\r\n", "none"],
    ["/*\n-- down_revision: a0\n*/\n-- revision: b2\n--  Down_Revision :   @   \n-- limbeck: upgrade\n", "a1, a2"],
  ])("finds the value in the comments of SQL: %j", (template, from) => {
    expect(replaceValue("b2.sql", template, from, ["c3", "d4"])).toBe("c3, d4");
  });

  it("escapes what the quotation mark needs", () => {
    expect(
      replaceValue("b2.js", "export const revision = 'b2'; export const downRevision = @;", "'a1'", [`it's "c3"`]),
    ).toBe(`'it\\'s "c3"'`);
  });

  it("refuses a file that would not say what it should", () => {
    const bad = "-- revision: b2\n-- down_revision: a1\n-- limbeck: upgrade\n";
    expect(() => replaceParents("/v/b2.sql", bad, ["c 3"])).toThrow(LimbeckError);
  });
});
