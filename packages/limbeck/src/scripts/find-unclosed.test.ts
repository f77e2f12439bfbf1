import { describe, expect, it } from "vitest";
import { findUnclosed } from "./find-unclosed.ts";

const HEADER = 'export const revision = "a1";\nexport const downRevision = null;\n';

describe("findUnclosed", () => {
  it.each([
    ["/** a comment\n", 0],
    ["const x = {;\n", 10],
    ["foo(\n", 3],
    ["const s = `abc;\n", 10],
    ["// closed {\nfoo({ a: [1] }); bar(\n", 32],
  ])("finds what swallows the header: %j", (before, offset) => {
    expect(findUnclosed(before + HEADER)).toBe(offset);
  });

  it.each([
    "",
    HEADER,
    "export const other = 1;",
    `const text = \`\n${HEADER}\`;`,
    `/*\n${HEADER}*/\nfoo();`,
    `function f() {\n${HEADER}}\n`,
  ])("finds nothing where nothing does: %j", (text) => {
    expect(findUnclosed(text)).toBeUndefined();
  });
});
