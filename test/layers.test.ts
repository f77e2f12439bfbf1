import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const repository = fileURLToPath(new URL("..", import.meta.url));

/** The rules that hold the architecture; the linter has many more that are of no concern here. */
const ARCHITECTURE =
  /^limbeck\(|^import\(no-(cycle|default-export|mutable-exports)\)$|^eslint\(no-(console|restricted-[a-z]+)\)$|^typescript\((no-explicit-any|consistent-type-imports)\)$/;

interface Planted {
  readonly what: string;
  readonly path: string;
  readonly source: string;
  /** The rules that must report this file: these and no others. */
  readonly rules: readonly string[];
}

const TARGETS: Readonly<Record<string, string>> = {
  "kernel/planted-target.ts": "export const target: number = 1;\nexport interface Target {\n  readonly a: number;\n}\n",
  "schema/planted-target.ts": "export const target: number = 1;\n",
  "runtime/planted-target.ts":
    "export const target: number = 1;\nexport interface Target {\n  readonly a: number;\n}\n",
  "cli/planted-target.ts": "export const target: number = 1;\n",
  "dialects/planted-a/target.ts": "export const target: number = 1;\n",
  "planted-entry.ts": "export const target: number = 1;\n",
};

const VIOLATIONS: readonly Planted[] = [
  {
    what: "an import of a higher layer",
    path: "schema/planted-import.ts",
    source: 'import { target } from "../runtime/planted-target.ts";\nexport const value: number = target;\n',
    rules: ["limbeck(layers)"],
  },
  {
    what: "a type import of a higher layer",
    path: "schema/planted-type-import.ts",
    source: 'import type { Target } from "../runtime/planted-target.ts";\nexport type Value = Target;\n',
    rules: ["limbeck(layers)"],
  },
  {
    what: "an import type of a higher layer",
    path: "ops/planted-inline-type.ts",
    source: 'export type Value = import("../runtime/planted-target.ts").Target;\n',
    rules: ["limbeck(layers)", "typescript(consistent-type-imports)"],
  },
  {
    what: "a dynamic import of a higher layer",
    path: "diff/planted-dynamic-import.ts",
    source: 'export const load = (): Promise<unknown> => import("../runtime/planted-target.ts");\n',
    rules: ["limbeck(layers)"],
  },
  {
    what: "a re-export of a higher layer from a deeper folder",
    path: "ops/planted/deep/planted-export.ts",
    source: 'export { target } from "../../../runtime/planted-target.ts";\n',
    rules: ["limbeck(layers)"],
  },
  {
    what: "an import of a layer beside it",
    path: "graph/planted-beside.ts",
    source: 'export { target } from "../schema/planted-target.ts";\n',
    rules: ["limbeck(layers)"],
  },
  {
    what: "an import of an entry point",
    path: "commands/planted-entry-import.ts",
    source: 'export { target } from "../planted-entry.ts";\n',
    rules: ["limbeck(layers)"],
  },
  {
    what: "an entry point that knows the command line",
    path: "planted-entry-with-cli.ts",
    source: 'export { target } from "./cli/planted-target.ts";\n',
    rules: ["limbeck(layers)"],
  },
  {
    what: "an import of the package by its own name",
    path: "commands/planted-self-import.ts",
    source: 'export { LimbeckError } from "limbeck";\n',
    rules: ["limbeck(layers)"],
  },
  {
    what: "a folder that is no layer",
    path: "helpers/planted-folder.ts",
    source: 'export { target } from "../kernel/planted-target.ts";\n',
    rules: ["limbeck(layers)"],
  },
  {
    what: "an import between two dialects",
    path: "dialects/planted-b/planted-neighbour.ts",
    source: 'export { target } from "../planted-a/target.ts";\n',
    rules: ["limbeck(layers)"],
  },
  {
    what: "an import of one dialect by a higher layer",
    path: "runtime/planted-dialect-import.ts",
    source: 'export { target } from "../dialects/planted-a/target.ts";\n',
    rules: ["limbeck(layers)"],
  },
  {
    what: "a cycle",
    path: "kernel/planted-cycle-a.ts",
    source: 'import { b } from "./planted-cycle-b.ts";\nexport const a = (): number => b();\n',
    rules: ["import(no-cycle)"],
  },
  {
    what: "the other half of a cycle",
    path: "kernel/planted-cycle-b.ts",
    source: 'import { a } from "./planted-cycle-a.ts";\nexport const b = (): number => a();\n',
    rules: ["import(no-cycle)"],
  },
  {
    what: "a cycle of types",
    path: "kernel/planted-type-cycle-a.ts",
    source: 'import type { B } from "./planted-type-cycle-b.ts";\nexport interface A {\n  readonly b: B;\n}\n',
    rules: ["import(no-cycle)"],
  },
  {
    what: "the other half of a cycle of types",
    path: "kernel/planted-type-cycle-b.ts",
    source: 'import type { A } from "./planted-type-cycle-a.ts";\nexport interface B {\n  readonly a: A;\n}\n',
    rules: ["import(no-cycle)"],
  },
  {
    what: "a dialect name in a comparison",
    path: "runtime/planted-dialect-name.ts",
    source: 'export const isSqlite = (name: string): boolean => name === "sqlite";\n',
    rules: ["limbeck(no-dialect-names)"],
  },
  {
    what: "a dialect name as a type",
    path: "config/planted-dialect-type.ts",
    source: 'export type Name = "mysql" | "mariadb";\n',
    rules: ["limbeck(no-dialect-names)"],
  },
  {
    what: "a table with a row per dialect",
    path: "commands/planted-dialect-key.ts",
    source: "export const answers: Readonly<Record<string, number>> = { postgres: 1 };\n",
    rules: ["limbeck(no-dialect-names)"],
  },
  {
    what: "the process in a command",
    path: "commands/planted-process.ts",
    source: "export const folder = (): string => process.cwd();\n",
    rules: ["eslint(no-restricted-globals)"],
  },
  {
    what: "the process, imported",
    path: "runtime/planted-process-import.ts",
    source: 'import { cwd } from "node:process";\nexport const folder = (): string => cwd();\n',
    rules: ["eslint(no-restricted-imports)"],
  },
  {
    what: "printing from a command",
    path: "commands/planted-console.ts",
    source: 'export const say = (): void => {\n  console.log("hello");\n};\n',
    rules: ["eslint(no-console)", "eslint(no-restricted-globals)"],
  },
  {
    what: "the file system in a command",
    path: "commands/planted-file-system.ts",
    source:
      'import { readFileSync } from "node:fs";\nexport const read = (path: string): string => readFileSync(path, "utf8");\n',
    rules: ["eslint(no-restricted-imports)"],
  },
  {
    what: "a variable shared by every run",
    path: "kernel/planted-state.ts",
    source: "let counter = 0;\nexport const next = (): number => (counter += 1);\n",
    rules: ["limbeck(no-module-state)"],
  },
  {
    what: "a cache shared by every run",
    path: "kernel/planted-cache.ts",
    source: "export const cache: Map<string, number> = new Map();\n",
    rules: ["limbeck(no-module-state)"],
  },
  {
    what: "an error without a code",
    path: "schema/planted-error.ts",
    source: 'export const fail = (): never => {\n  throw new TypeError("no");\n};\n',
    rules: ["limbeck(catalogued-errors)"],
  },
  {
    what: "an assertion without a reason",
    path: "schema/planted-assertion.ts",
    source: "export const narrow = (value: unknown): string => value as string;\n",
    rules: ["limbeck(explained-assertions)"],
  },
  {
    what: "any",
    path: "schema/planted-any.ts",
    source: "export const loose = (value: any): unknown => value;\n",
    rules: ["typescript(no-explicit-any)"],
  },
  {
    what: "a default export",
    path: "schema/planted-default.ts",
    source: "export default function build(): number {\n  return 1;\n}\n",
    rules: ["import(no-default-export)"],
  },
];

const PERMITTED: readonly Omit<Planted, "rules">[] = [
  {
    what: "an import of a lower layer",
    path: "runtime/planted-downward.ts",
    source: 'export { target } from "../kernel/planted-target.ts";\n',
  },
  {
    what: "the process and printing in the command line",
    path: "cli/planted-cli.ts",
    source: "export const say = (): void => {\n  console.log(process.cwd());\n};\n",
  },
  {
    what: "the file system in the script directory",
    path: "scripts/planted-file-system.ts",
    source:
      'import { readFileSync } from "node:fs";\nexport const read = (path: string): string => readFileSync(path, "utf8");\n',
  },
  {
    what: "a dialect name in its own folder",
    path: "dialects/planted-a/name.ts",
    source: 'export const name: string = "sqlite";\n',
  },
  {
    what: "one dialect in the list of all",
    path: "dialects/planted-list.ts",
    source: 'export { target } from "./planted-a/target.ts";\n',
  },
  {
    what: "one dialect in an entry point",
    path: "planted-entry-with-dialect.ts",
    source: 'export { target } from "./dialects/planted-a/target.ts";\n',
  },
  {
    what: "a test that imports a higher layer and names a dialect",
    path: "schema/planted.test.ts",
    source:
      'import { target } from "../runtime/planted-target.ts";\nexport const value: unknown = [target, "sqlite"];\n',
  },
  {
    what: "a constant collection",
    path: "kernel/planted-constant.ts",
    source: 'export const WORDS: ReadonlySet<string> = new Set(["a"]);\n',
  },
  {
    what: "an assertion with its reason",
    path: "schema/planted-explained.ts",
    source:
      "// The caller has looked: this is text.\nexport const narrow = (value: unknown): string => value as string;\n",
  },
];

const directory = mkdtempSync(join(tmpdir(), "limbeck-layers-"));
interface Findings {
  readonly files: number;
  /** The architecture rules that reported, by file below packages/limbeck/src. */
  readonly rules: ReadonlyMap<string, readonly string[]>;
}

let before: Findings;
let after: Findings;

function lint(): Findings {
  const run = spawnSync(process.execPath, ["node_modules/oxlint/bin/oxlint", "--format", "json", "packages"], {
    cwd: directory,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const { diagnostics, number_of_files: files } = JSON.parse(run.stdout) as {
    readonly diagnostics: readonly { readonly code: string; readonly filename: string }[];
    readonly number_of_files: number;
  };
  const rules = new Map<string, readonly string[]>();
  for (const { code, filename } of diagnostics) {
    if (!ARCHITECTURE.test(code)) continue;
    const path = filename.replace(/^.*packages\/limbeck\/src\//, "");
    rules.set(path, [...new Set([...(rules.get(path) ?? []), code])].toSorted());
  }
  return { files, rules };
}

function plant(path: string, source: string): void {
  const file = join(directory, "packages/limbeck/src", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
}

beforeAll(() => {
  for (const path of ["oxlint.config.ts", "package.json", "tsconfig.json", "tsconfig.base.json", "tools/lint"]) {
    cpSync(join(repository, path), join(directory, path), { recursive: true });
  }
  for (const path of ["packages/limbeck/src", "packages/limbeck/tsconfig.json"]) {
    cpSync(join(repository, path), join(directory, path), { recursive: true });
  }
  symlinkSync(join(repository, "node_modules"), join(directory, "node_modules"));
  for (const [path, source] of Object.entries(TARGETS)) plant(path, source);
  before = lint();
  for (const { path, source } of [...VIOLATIONS, ...PERMITTED]) plant(path, source);
  after = lint();
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("the layers", () => {
  it("hold in the source as it is", () => {
    expect(Object.fromEntries(before.rules)).toEqual({});
  });

  it("are looked for in every file", () => {
    // A linter that looks at nothing finds nothing, and that would look like success.
    expect(before.files).toBeGreaterThan(Object.keys(TARGETS).length);
    expect(after.files - before.files).toBe(VIOLATIONS.length + PERMITTED.length);
  });

  it.each(VIOLATIONS)("forbid $what", ({ path, rules }) => {
    expect(after.rules.get(path)).toEqual(rules);
  });

  it.each(PERMITTED)("permit $what", ({ path }) => {
    expect(after.rules.get(path)).toBeUndefined();
  });
});
