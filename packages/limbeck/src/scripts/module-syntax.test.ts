import { describe, expect, it } from "vitest";
import { hasModuleSyntax } from "./module-syntax.ts";

describe("hasModuleSyntax", () => {
  it.each([
    'import a from "a";',
    'import "a";',
    'import{a}from"a";',
    'import type { A } from "a";',
    "export const a = 1;",
    "export{}",
    "const url = import.meta.url;",
    "function f() { return import.meta.dirname; }",
    '// "use strict"\n\nconst a = `\n`;\nexport default a;',
    "export enum A { B }",
    "export = 1; export const a = 2;",
  ])("is true for %j", (text) => {
    expect(hasModuleSyntax(text)).toBe(true);
  });

  it.each([
    "module.exports = { upgrade() {} };",
    'const a = require("a");',
    'const a = import("a");',
    "// export const a = 1;\nexports.a = 1;",
    "/*\nexport const a = 1;\n*/",
    "const text = `\nexport const a = 1;\nimport a from 'a';\n`;",
    'const a = "export {}";',
    "const options = { export: true, import: false };",
    "x.export = 1; x.import = 2;",
    'import fs = require("node:fs");\nexport = fs;',
    "important(); exported();",
    "",
  ])("is false for %j", (text) => {
    expect(hasModuleSyntax(text)).toBe(false);
  });
});
