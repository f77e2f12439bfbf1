import { describe, expect, it } from "vitest";
import { ScriptError } from "../kernel/errors/script-errors.ts";
import { readRevisionHeader } from "./revision-header.ts";

const read = (text: string) => readRevisionHeader(text, "/v/a.ts").header;

function errorOf(text: string): ScriptError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ScriptError) return error;
    throw error;
  }
  throw new Error("The header was read.");
}

const FULL = { revision: "abc", downRevision: ["p"], branchLabels: ["blog"], dependsOn: ["d1", "d2"], replaces: [] };

describe("readRevisionHeader", () => {
  it("reads a file as Limbeck writes it", () => {
    const text = `/**
 * Add due date
 */
import type { Operations } from "limbeck";
import { timestamp } from "limbeck/schema";

export const revision = "abc";
export const downRevision = "p";
export const branchLabels: string[] = ["blog"];
export const dependsOn: string[] = ["d1", "d2"];

export async function upgrade(op: Operations) {
  const revision = "not me";
}
`;
    expect(read(text)).toEqual(FULL);
  });

  it.each([
    [
      "single quotes, let and var, no semicolons",
      "export let revision = 'abc'\nexport var downRevision = 'p'\nexport const branchLabels = ['blog']\nexport const dependsOn = ['d1', 'd2']\nfoo()",
    ],
    [
      "as const and satisfies",
      'export const revision = "abc" as const;\nexport const downRevision = "p" satisfies string;\nexport const branchLabels = ["blog"] as const satisfies readonly string[];\nexport const dependsOn = (["d1", "d2"] as string[])!;',
    ],
    [
      "type annotations",
      'export const revision: string = "abc";\nexport const downRevision: string | readonly string[] | null = "p";\nexport const branchLabels: readonly string[] = ["blog"];\nexport const dependsOn: Array<string> = ["d1", "d2"];',
    ],
    [
      "lists over several lines with comments in between",
      'export const /* the id */ revision = // here\n  "abc";\nexport const downRevision = "p";\nexport const branchLabels = [\n  // the blog\n  "blog",\n];\nexport const dependsOn = [\n  "d1", /* "no" */\n  "d2",\n];',
    ],
    [
      "names declared first and exported later",
      'const revision = "abc", downRevision = "p";\nconst branchLabels = ["blog"];\nconst dependsOn = ["d1", "d2"];\nexport { revision, downRevision, branchLabels, dependsOn };',
    ],
    [
      "CommonJS",
      'exports.revision = "abc";\nexports.downRevision = "p";\nmodule.exports.branchLabels = ["blog"];\nexports.dependsOn = ["d1", "d2"];',
    ],
    [
      "CommonJS as compilers write it",
      '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.dependsOn = exports.branchLabels = exports.downRevision = exports.revision = void 0;\nexports.revision = "abc";\nexports.downRevision = "p";\nexports.branchLabels = ["blog"];\nexports.dependsOn = ["d1", "d2"];',
    ],
    [
      "templates without code in them, escapes, Windows line ends",
      'export const revision = `abc`;\r\nexport const downRevision = "\\x70";\r\nexport const branchLabels = ["bl\\u006fg"];\r\nexport const dependsOn = [\'d\\u{31}\', "d2"];\r\n',
    ],
    [
      "declarations below the functions",
      'export async function upgrade(op) { await op.execute("export const revision = 1"); }\nexport const revision = "abc";\nexport const downRevision = "p";\nexport const branchLabels = ["blog"];\nexport const dependsOn = ["d1", "d2"];',
    ],
    [
      "declarations in another order",
      'export const dependsOn = ["d1", "d2"];\nexport const downRevision = "p";\nexport const branchLabels: string[] = ["blog"];\nexport const revision = "abc";\n',
    ],
  ])("reads %s", (_, text) => {
    expect(read(text)).toEqual(FULL);
  });

  it("reads what a squashed revision replaces, wherever that stands", () => {
    const long = Array.from({ length: 12 }, (_, index) => `revision_number_${index}`);
    for (const list of [`["a", 'b']`, JSON.stringify(long, null, 2), JSON.stringify(long)]) {
      const expected: unknown = list.startsWith(`["a"`) ? ["a", "b"] : long;
      const before = `export const replaces = ${list};\nexport const revision = "s";\nexport const downRevision = null;\n`;
      const after = `export const revision = "s";\nexport const downRevision = null;\nexport const branchLabels: string[] = [];\nexport const dependsOn: string[] = [];\nexport const replaces = ${list};\n`;
      expect(read(before).replaces).toEqual(expected);
      expect(read(after).replaces).toEqual(expected);
    }
    expect(
      errorOf('export const revision = "s";\nexport const downRevision = null;\nexport const replaces = f();'),
    ).toMatchObject({
      code: "LB0204",
    });
  });

  it("takes null for a base, a list for a merge, one string for one label", () => {
    expect(read('export const revision = "a";\nexport const downRevision = null;')).toEqual({
      revision: "a",
      downRevision: [],
      branchLabels: [],
      dependsOn: [],
      replaces: [],
    });
    expect(read('export const revision = "a";\nexport const downRevision = ["x", "y"];').downRevision).toEqual([
      "x",
      "y",
    ]);
    const text =
      'export const revision = "a";\nexport const downRevision = null;\nexport const branchLabels = "blog";\nexport const dependsOn = null;';
    expect(read(text)).toMatchObject({ branchLabels: ["blog"], dependsOn: [] });
  });

  it("is not fooled by what stands in comments, strings, templates and regular expressions", () => {
    const text = `// export const revision = "no";
/* export const revision = "no";
export const revision = "no"; */
const text = "export const revision = 'no';";
const template = \`
export const revision = "no";
\`;
const pattern = /export const revision = "no/;
export const revision = "abc";
export const downRevision = null;
`;
    expect(read(text).revision).toBe("abc");
  });

  it.each(["revision", "downRevision"])("says which file has no %s", (name) => {
    const other = name === "revision" ? "downRevision = null" : 'revision = "a"';
    const error = errorOf(`export const ${other};`);
    expect(error).toMatchObject({ code: "LB0203", context: { path: "/v/a.ts", name } });
  });

  it.each([
    ["a concatenation", 'export const revision = "a" + suffix;', 1, 29],
    ["a concatenation on the next line", 'export const revision = "a"\n  + suffix;', 2, 3],
    ["a variable", "\nexport const revision = id;", 2, 25],
    ["a call", "export const revision = id();", 1, 25],
    ["a template with code", "export const revision = `a${b}`;", 1, 25],
    ["a number", "export const revision = 12;", 1, 25],
    ["a list with something else in it", 'export const revision = "a";\nexport const downRevision = ["a", b];', 2, 35],
    ["a list that does not end", 'export const revision = "a";\nexport const downRevision = ["a"', 2, 33],
    ["a string that does not end", 'export const revision = "a', 1, 25],
    ["nothing after the equals sign", "export const revision =", 1, 24],
    ["no equals sign", "export const revision;", 1, 22],
    ["a declaration without a value", 'export let revision: string\nexport const downRevision = "a";', 2, 1],
    ["a list as the id", 'export const revision = ["a"];\nexport const downRevision = null;', 1, 14],
    ["an empty id", 'export const revision = "";\nexport const downRevision = null;', 1, 14],
  ])("points to %s", (_, text, line, column) => {
    const error = errorOf(text);
    expect(error.code).toBe("LB0204");
    expect(error.context["location"]).toMatchObject({ path: "/v/a.ts", line, column });
  });
});

describe("the comment of a revision file", () => {
  const HEADER = '\nexport const revision = "a";\nexport const downRevision = null;\n';
  const comment = (text: string) => readRevisionHeader(text + HEADER, "/v/a.ts").comment;

  it.each([
    [
      "a JSDoc block",
      "/**\n * Add the\n * due date\n *\n * Created 2026-01-01\n */",
      "Add the due date",
      "Add the\ndue date\n\nCreated 2026-01-01",
    ],
    ["one line", "/** Add it */", "Add it", "Add it"],
    [
      "line comments",
      "// Add the\n// due date\n//\n// More.\n\n// Not this",
      "Add the due date",
      "Add the\ndue date\n\nMore.",
    ],
    ["a comment below the imports", 'import type { Operations } from "limbeck"; // http\n', "http", "http"],
    [
      "what follows a directive",
      "#!/usr/bin/env node\n// @ts-check\n/* eslint-disable */\n// Add it",
      "Add it",
      "Add it",
    ],
    ["what begins like a directive", "/* eslint-disable */\n/** #42 add it */", "#42 add it", "#42 add it"],
    ["a word that is a tool's", "/**\n * prettier names\n */", "prettier names", "prettier names"],
    ["an escaped end of comment", "/**\n * Drop *\\/ now\n */", "Drop */ now", "Drop */ now"],
    ["Windows line ends", "/**\r\n * Add it\r\n *\r\n * More\r\n */", "Add it", "Add it\n\nMore"],
  ])("is %s", (_, text, message, doc) => {
    expect(comment(text)).toEqual({ message, text: doc });
  });

  it("is absent when there is none for people", () => {
    expect(comment("// @ts-nocheck\n/***/\n/** @format */")).toBeUndefined();
  });
});
