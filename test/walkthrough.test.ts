import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { followDocument } from "../tools/walkthrough/follow-document.ts";
import { matchLine, matchOutput, type Bindings } from "../tools/walkthrough/match-output.ts";
import { readDocument } from "../tools/walkthrough/read-document.ts";

const NONE: Bindings = new Map();

/** A block of Markdown. */
const block = (language: string, ...lines: readonly string[]): string =>
  ["```" + language, ...lines, "```", ""].join("\n");

describe("matchLine", () => {
  it.each(["<1 ms", "700ms", "1s", "1.3 s", "2 min 3 s"])("takes %s for a duration", (duration) => {
    expect(matchLine("↑ initial … 5 ms", `↑ initial … ${duration}`, NONE)).toBeDefined();
  });

  it("lets ids, dates and durations differ, and nothing else", () => {
    const documented = "↑ 95b723c2aadf at 2026-01-02 03:04:05 +01:00, 2026_01_02_001_a.ts in 5 ms";
    expect(
      matchLine(documented, "↑ 000000000001 at 2027-11-12 13:14:15 UTC, 2027_11_12_001_a.ts in <1 ms", NONE),
    ).toEqual(
      new Map([
        ["95b723c2aadf", "000000000001"],
        ["2026_01_02", "2027_11_12"],
      ]),
    );
    expect(
      matchLine(documented, "↑ 000000000001 at 2027-11-12 13:14:15 UTC, 2027_11_12_002_a.ts in 5 ms", NONE),
    ).toBeUndefined();
    expect(matchLine("added 1 package in 2s", "added 1 package in 400ms", NONE)).toEqual(NONE);
    expect(matchLine("added 1 package in 2s", "added 2 packages in 2s", NONE)).toBeUndefined();
  });

  it("lets an id stand for one id only, and two ids for two", () => {
    const bindings = new Map([["aaaaaaaaaaaa", "111111111111"]]);
    expect(matchLine("at aaaaaaaaaaaa", "at 111111111111", bindings)).toEqual(bindings);
    expect(matchLine("at aaaaaaaaaaaa", "at 222222222222", bindings)).toBeUndefined();
    expect(matchLine("at bbbbbbbbbbbb", "at 111111111111", bindings)).toBeUndefined();
  });
});

describe("matchOutput", () => {
  it("compares line by line to the end", () => {
    expect(matchOutput(["a", "b"], ["a", "b"], NONE)).toEqual(NONE);
    expect(matchOutput(["a"], ["a", "b"], NONE)).toBeUndefined();
    expect(matchOutput(["a", "b"], ["a"], NONE)).toBeUndefined();
  });

  it("takes `...` for any number of lines", () => {
    expect(matchOutput(["a", "...", "z"], ["a", "z"], NONE)).toEqual(NONE);
    expect(matchOutput(["a", "...", "z"], ["a", "b", "z", "c", "z"], NONE)).toEqual(NONE);
    expect(matchOutput(["a", "..."], ["a"], NONE)).toEqual(NONE);
    expect(matchOutput(["a", "...", "z"], ["a", "b"], NONE)).toBeUndefined();
  });
});

describe("readDocument", () => {
  it("reads commands with their output, files, and nothing else", () => {
    const markdown =
      block("sh", "rm -rf /") +
      block("console", "$ echo a", "a", "$ true") +
      block("ts", "// app/a.ts", "export {};") +
      block("json", "// b.json", "{}") +
      block("ts", "// v/2026_01_02_001_c.ts (generated)", "export const c = 1;") +
      block("sql", "-- v/d.sql", "SELECT 1;");
    expect(readDocument("A.md", markdown).steps).toEqual([
      { kind: "run", line: 5, command: "echo a", output: ["a"] },
      { kind: "run", line: 7, command: "true", output: [] },
      { kind: "write", line: 10, path: "app/a.ts", text: "export {};\n" },
      { kind: "write", line: 14, path: "b.json", text: "{}\n" },
      { kind: "show", line: 18, path: "v/2026_01_02_001_c.ts", text: "export const c = 1;\n" },
      { kind: "write", line: 22, path: "v/d.sql", text: "SELECT 1;\n" },
    ]);
  });

  it("reads parts of files, changes of files and the functions of a revision", () => {
    const functions = ["export async function upgrade(op: Operations) {}"];
    const markdown =
      block("make", "# Makefile (excerpt)", "all:") +
      block("diff", "// a.ts", " a", "-b", "+c") +
      block("ts", ...functions);
    expect(readDocument("A.md", markdown).steps).toEqual([
      { kind: "excerpt", line: 2, path: "Makefile", text: "all:\n" },
      { kind: "change", line: 6, path: "a.ts", from: "a\nb", to: "a\nc" },
      { kind: "pattern", line: 12, text: `${functions[0]}\n` },
    ]);
  });

  it("refuses code that would go untested: a file without a name, output without a command, a block without an end", () => {
    expect(() => readDocument("A.md", "```ts\nexport {};\n```")).toThrow(
      "A.md:2: a ts block begins with the path of its file.",
    );
    expect(() => readDocument("A.md", "```console\na\n```")).toThrow("A.md:2: a console block begins with a command.");
    expect(() => readDocument("A.md", "```console\n$ a\n")).toThrow("A.md:2: the block has no end.");
  });
});

describe("followDocument", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-walkthrough-")));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const followConsole = (...lines: readonly string[]): Promise<void> =>
    followDocument(readDocument("A.md", block("console", ...lines)), { folder, env: process.env });

  it("runs commands in the project and takes stdout and stderr as they come", async () => {
    const followed = followConsole("$ pwd", "/home/me/todo", "$ echo a; echo b >&2; echo c", "a", "b", "c");
    await expect(followed).resolves.toBeUndefined();
  });

  it("fails where an answer differs, a command fails, or Node warns", async () => {
    await expect(followConsole("$ true", "$ echo a", "b")).rejects.toThrow(/^A\.md:3: `echo a` answered differently/);
    await expect(followConsole("$ echo a; exit 3", "a")).rejects.toThrow(
      "`echo a; exit 3` failed with exit code 3:\na",
    );
    await expect(followConsole("$ echo '(node:1) ExperimentalWarning: x'", "...")).rejects.toThrow("warned");
  });

  it("writes ids of the run into the files and commands that come after them", async () => {
    writeFileSync(join(folder, "2027_01_01_001_a.ts"), "");
    const markdown =
      block("console", "$ echo id 222222222222 | tr 2 3", "id aaaaaaaaaaaa") +
      block("ts", "// 2026_02_03_001_a.ts", 'export const revision = "aaaaaaaaaaaa";') +
      block("console", "$ echo aaaaaaaaaaaa | tr 3 4", "bbbbbbbbbbbb");
    await followDocument(readDocument("A.md", markdown), { folder, env: process.env });
    expect(readFileSync(join(folder, "2027_01_01_001_a.ts"), "utf8")).toBe('export const revision = "333333333333";\n');
  });

  it("finds a part of a file, however it is broken into lines", async () => {
    writeFileSync(join(folder, "a.ts"), "one(\n  two,\n  three,\n);\nfour();\n");
    const find = (...lines: readonly string[]): Promise<void> =>
      followDocument(readDocument("A.md", block("ts", "// a.ts (excerpt)", ...lines)), { folder, env: process.env });
    await expect(find("one(two, three);", "four();")).resolves.toBeUndefined();
    await expect(find("four();", "one(two, three);")).rejects.toThrow("A.md:2: a.ts has no such lines");
  });

  it("changes lines that are there once, and others not", async () => {
    writeFileSync(join(folder, "a.ts"), "a\nb\nb\n");
    const change = (...lines: readonly string[]): Promise<void> =>
      followDocument(readDocument("A.md", block("diff", "// a.ts", ...lines)), { folder, env: process.env });
    await expect(change("-b", "+c")).rejects.toThrow("A.md:2: a.ts has these lines more than once");
    await expect(change("-d", "+c")).rejects.toThrow("A.md:2: a.ts has these lines nowhere");
    await change(" a", "-b", "+c");
    expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe("a\nc\nb\n");
  });

  it("writes the functions of a revision on top of the head, with what they use", async () => {
    mkdirSync(join(folder, "migrations/versions"), { recursive: true });
    const header = (id: string, parent: string): string =>
      `export const revision = "${id}";\nexport const downRevision = ${parent};\n`;
    writeFileSync(join(folder, "migrations/versions/a.ts"), header("a", "null"));
    writeFileSync(join(folder, "migrations/versions/b.ts"), header("b", '"a"'));
    const functions = 'export async function upgrade(op: Operations) {\n  await op.addColumn("t", "c", text());\n}';
    await followDocument(readDocument("A.md", block("ts", functions)), { folder, env: process.env });
    const written = readFileSync(join(folder, "migrations/versions/pattern_0002.ts"), "utf8");
    expect(written).toContain(header("pattern_0002", '"b"'));
    expect(written).toContain('import { text } from "limbeck/schema";');
    expect(written).toContain(functions);
  });

  it("compares a generated file with the one that is there, whatever its day", async () => {
    writeFileSync(join(folder, "2027_01_01_001_a.ts"), "one\n\ntwo\n");
    const show = (...lines: readonly string[]): Promise<void> =>
      followDocument(readDocument("A.md", block("ts", "// 2026_02_03_001_a.ts (generated)", ...lines)), {
        folder,
        env: process.env,
      });
    await show("one", "", "two");
    await expect(show("one", "two")).rejects.toThrow("A.md:2: 2026_02_03_001_a.ts looks different.");
    await expect(show("one", "", "two", "three")).rejects.toThrow("looks different");
  });
});
