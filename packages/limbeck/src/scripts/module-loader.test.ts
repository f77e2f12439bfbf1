import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ScriptError } from "../kernel/errors/script-errors.ts";
import { locateError } from "./load-module.ts";
import { loadRevisionModule, loadRevisionSource } from "./module-loader.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "limbeck loader (ü) "));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** Writes a file and calls its upgrade, which returns something. */
const run = async (path: string): Promise<unknown> => (await loadRevisionModule(path)).upgrade({});

async function failureOf(path: string): Promise<ScriptError> {
  const error = await loadRevisionModule(path).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ScriptError);
  return error as ScriptError;
}

describe.each([
  ["npm init writes commonjs", '{ "type": "commonjs" }'],
  ["package.json says nothing", "{}"],
  ["package.json says module", '{ "type": "module" }'],
])("loading a revision where %s", (_, manifest) => {
  beforeEach(() => write("package.json", manifest));

  it("runs TypeScript, and finds imports as TypeScript projects write them", async () => {
    write("models/index.ts", 'import { name } from "../name.js";\nexport const models: string[] = [name];');
    write("name.ts", "export const name: string = await Promise.resolve('todos');");
    write("plain.js", "export const plain = 1;");
    const path = write(
      "versions/001.ts",
      `import type { Operations } from "limbeck";
import { models } from "../models";
import { plain } from "../plain";
export async function upgrade(op: Operations): Promise<unknown> { return [models, plain, import.meta.filename]; }
export async function downgrade(): Promise<number> { return -1; }`,
    );
    const module = await loadRevisionModule(path);
    expect(await module.upgrade({})).toEqual([["todos"], 1, path]);
    expect(await module.downgrade?.({})).toBe(-1);
  });

  it("runs JavaScript modules", async () => {
    expect(await run(write("a.js", "export const upgrade = () => 'js';"))).toBe("js");
    expect(await run(write("a.mjs", "export const upgrade = () => 'mjs';"))).toBe("mjs");
  });

  it("runs CommonJS", async () => {
    write("name.cjs", "exports.name = 'todos';");
    const text =
      "const { name } = require('./name.cjs'); exports.upgrade = () => name; exports.downgrade = () => 'down';";
    expect(await run(write("a.cjs", text))).toBe("todos");
    expect(await run(write("a.js", text))).toBe("todos");
    expect(await run(write("b.ts", "const value: string = 'ts'; module.exports = { upgrade: () => value };"))).toBe(
      "ts",
    );
  });

  it("gives revisions the builders of this package, installed there or not", async () => {
    const path = write(
      "a.ts",
      'import { varchar } from "limbeck/schema"; export const upgrade = () => varchar(255).notNull().description;',
    );
    expect(await run(path)).toMatchObject({ type: { kind: "varchar", length: 255 }, nullable: false });
  });

  it("loads text that is not on disk as if it were", async () => {
    write("lib/name.ts", "export const name = 'todos' as const;");
    const path = join(root, "lib/new.ts");
    const { upgrade } = await loadRevisionSource(
      path,
      "import { name } from './name'; export const upgrade = () => name;",
    );
    expect(await upgrade({})).toBe("todos");
    await expect(loadRevisionModule(path)).rejects.toMatchObject({ code: "LB0202" });
  });

  it("loads a file anew after it changed, and only then", async () => {
    const text = (value: number): string => `export const upgrade = () => ${value};`;
    const path = write("a.ts", text(1));
    const first = await loadRevisionModule(path);
    expect((await loadRevisionModule(path)).upgrade).toBe(first.upgrade);
    write("a.ts", text(2));
    expect(await run(path)).toBe(2);
    expect(await first.upgrade({})).toBe(1);
    const commonJs = write("b.js", "module.exports = { upgrade: () => 1 };");
    expect(await run(commonJs)).toBe(1);
    write("b.js", "module.exports = { upgrade: () => 2 };");
    expect(await run(commonJs)).toBe(2);
  });
});

describe("a revision without", () => {
  it("downgrade has no way back", async () => {
    expect((await loadRevisionModule(write("a.ts", "export const upgrade = () => 1;"))).downgrade).toBeUndefined();
  });

  it("upgrade is refused, with what it exports instead", async () => {
    const error = await failureOf(write("a.ts", "export const revision = 'a'; export const upgrde = () => 1;"));
    expect(error).toMatchObject({ code: "LB0212", context: { exports: ["revision", "upgrde"] } });
  });

  it.each(["12", "{}", "null", "['a']"])("a function but with %s is refused", async (value) => {
    const error = await failureOf(
      write("a.ts", `export const upgrade = () => 1; export const downgrade: unknown = ${value};`),
    );
    expect(error).toMatchObject({ code: "LB0213", context: { name: "downgrade" } });
  });
});

describe("an error in a revision is shown with its place:", () => {
  const HEADER = "export const a: number = 1;\n\n";

  it.each([
    ["TypeScript that can't be parsed", "LB0208", "export const b: string = ;", 3, 26],
    [
      "TypeScript that can't be parsed on its last line",
      "LB0208",
      "export function upgrade() {\n  return (1;\n",
      4,
      12,
    ],
    [
      "an error thrown at the top level",
      "LB0211",
      'const f = (): void => {\n  throw new TypeError("no");\n};\nf();',
      4,
      9,
    ],
    ["a file that is not there", "LB0210", 'import { x } from "./nowhere.ts";\nexport { x };', 3, 19],
    ["a package that is not installed", "LB0210", 'import { x } from "@acme/not-there/deep";\nexport { x };', 3, 19],
  ])("%s", async (...[, code, text, line, column]) => {
    const path = write("a.ts", HEADER + text);
    const error = await failureOf(path);
    expect(error.code).toBe(code);
    expect(error.context["location"]).toMatchObject({ path, line, column });
    expect(error.title).toContain(`${path}:${line}:${column}: `);
    const frame = `  ${line} | ${(HEADER + text).split("\n")[line - 1]}\n    | ${" ".repeat(column - 1)}^`;
    expect(error.why).toContain(frame);
  });

  it("JavaScript that can't be parsed, module or not", async () => {
    const module = write("a.mjs", "export const a = 1;\nexport const b = ;\n");
    expect((await failureOf(module)).context["location"]).toMatchObject({ path: module, line: 2, column: 18 });
    const commonJs = write("b.cjs", "exports.a = 1;\nexports.b = ;\n");
    expect((await failureOf(commonJs)).context["location"]).toMatchObject({ path: commonJs, line: 2, column: 13 });
  });

  it("a syntax error in an imported file, and nothing of it runs", async () => {
    const child = write("child.js", "globalThis.limbeckRan = true;\nexport const b = ;\n");
    const error = await failureOf(write("a.ts", 'import { b } from "./child.js";\nexport const upgrade = () => b;'));
    expect(error).toMatchObject({ code: "LB0208", context: { location: { path: child, line: 2, column: 18 } } });
    expect("limbeckRan" in globalThis).toBe(false);
  });

  it("an error thrown in an imported file", async () => {
    const child = write("child.ts", '\nthrow new Error("two\\nlines");\nexport {};');
    const error = await failureOf(write("a.ts", 'import "./child.ts";\nexport const upgrade = () => 1;'));
    expect(error).toMatchObject({ code: "LB0211", context: { location: { path: child, line: 2, column: 7 } } });
    expect(error.title).toContain("two lines");
  });

  it("a missing package, with the command that installs it", async () => {
    const error = await failureOf(write("a.ts", 'import { x } from "@acme/not-there/deep";\nexport { x };'));
    expect(error.fix).toEqual(["npm i @acme/not-there"]);
  });

  it.each(["@/not-there", "~/not-there"])("an alias of a tsconfig.json, which is no package: %s", async (specifier) => {
    const error = await failureOf(write("a.ts", `import { x } from "${specifier}";\nexport { x };`));
    expect(error).toMatchObject({
      code: "LB0210",
      title: expect.stringContaining("Node knows no aliases of a tsconfig.json"),
    });
    expect(error.fix.join("\n")).not.toContain("npm i");
  });

  it("something thrown that is no error", async () => {
    const path = write("a.ts", 'throw "text";\nexport {};');
    expect(await failureOf(path)).toMatchObject({ code: "LB0211", title: `${path}: text` });
  });

  it("a failure is found again, and gone once it is repaired", async () => {
    const path = write("a.ts", "export const upgrade = ;");
    expect((await failureOf(path)).code).toBe("LB0208");
    expect((await failureOf(path)).code).toBe("LB0208");
    write("a.ts", "export const upgrade = () => 1;");
    expect(await run(path)).toBe(1);
  });
});

describe("locateError", () => {
  it("finds the innermost call in a file, also when the error comes from another one later", async () => {
    write("helper.ts", "export async function help(): Promise<void> {\n  await null;\n  throw new Error('late');\n}");
    const path = write(
      "a.ts",
      'import { help } from "./helper.ts";\nexport async function upgrade(op: { call(): void }) {\n  op.call();\n  await help();\n}',
    );
    const { upgrade } = await loadRevisionModule(path);
    const places: unknown[] = [];
    const op = { call: () => places.push(locateError(new Error("call"), path)) };
    await Promise.resolve(upgrade(op)).catch((error: unknown) => places.push(locateError(error, path)));
    expect(places).toEqual([
      { path, line: 3, column: 6 },
      { path, line: 4, column: 3 },
    ]);
  });

  it("finds it in a version of the file that was loaded later", async () => {
    const text = (lines: string): string => `${lines}export const upgrade = () => { throw new Error("no"); };`;
    const path = write("a.ts", text(""));
    await loadRevisionModule(path);
    write("a.ts", text("\n\n"));
    const { upgrade } = await loadRevisionModule(path);
    const error = await (async () => upgrade({}))().catch((thrown: unknown) => thrown);
    expect(locateError(error, path)).toMatchObject({ path, line: 3 });
  });

  it("gives nothing when the file is not on the stack", () => {
    expect(locateError(new Error("elsewhere"), join(root, "a.ts"))).toBeUndefined();
    expect(locateError("no error", join(root, "a.ts"))).toBeUndefined();
  });
});

/** The loader looks beside the revision first, then beside itself. */
function isTranslatorInstalled(): boolean {
  return [join(tmpdir(), "a.ts"), import.meta.url].some((from) => {
    try {
      return createRequire(from).resolve("oxc-transform") !== "";
    } catch {
      return false;
    }
  });
}

describe.runIf(isTranslatorInstalled())("where oxc-transform is installed", () => {
  it("runs enums, namespaces and parameter properties, in the file and in what it imports", async () => {
    write("kind.ts", "export enum Kind { A = 'a' }");
    write("point.ts", "export class Point { constructor(readonly x: number) {} }");
    const path = write(
      "a.ts",
      `import { Kind } from "./kind.ts";
import { Point } from "./point.ts";
namespace Inner { export const one = 1; }
export const upgrade = (): unknown => [Kind.A, new Point(2).x, Inner.one];`,
    );
    expect(await run(path)).toEqual(["a", 2, 1]);
  });

  it("takes types that were imported without saying that they are types", async () => {
    write("types.ts", "export interface Name { name: string }");
    expect(
      await run(write("a.ts", 'import { Name } from "./types.ts";\nexport const upgrade = (name?: Name) => 1;')),
    ).toBe(1);
  });

  it("still names the place in the TypeScript", async () => {
    const path = write("a.ts", 'enum Kind {\n  A,\n}\n\nthrow new Error("no");\nexport {};');
    expect((await failureOf(path)).context["location"]).toMatchObject({ path, line: 5, column: 7 });
  });
});

describe.runIf(!isTranslatorInstalled())("where oxc-transform is not installed", () => {
  it("says that installing it makes enums work", async () => {
    const path = write("a.ts", "export const a = 1;\nexport enum Kind { A }\n");
    expect(await failureOf(path)).toMatchObject({
      code: "LB0209",
      fix: ["npm i -D oxc-transform"],
      context: { location: { path, line: 2, column: 8 }, message: "TypeScript enum is not supported" },
    });
  });

  it("says how a type is imported", async () => {
    const child = write("types.ts", "export interface Name { name: string }");
    const path = write("a.ts", 'import { Name } from "./types.ts";\nexport const upgrade = (name?: Name) => 1;');
    const error = await failureOf(path);
    expect(error).toMatchObject({ code: "LB0210", context: { location: { path, line: 1, column: 10 } } });
    expect(error.fix[0]).toContain("import type { Name }");
    expect(child).toContain("types.ts");
  });
});

it("prints no warning in a fresh process, whatever package.json says", () => {
  write("package.json", '{ "type": "commonjs" }');
  const path = write("a.ts", 'import { b } from "./b.js"; export const upgrade = () => b;');
  write("b.ts", "export const b: string = 'loaded';");
  const script = `
    const { loadRevisionModule } = await import(${JSON.stringify(new URL("module-loader.ts", import.meta.url).href)});
    console.log((await loadRevisionModule(${JSON.stringify(path)})).upgrade());`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(stdout).toBe("loaded\n");
});
