import { defineConfig } from "oxlint";

const SOURCE = "packages/limbeck/src";

/** Node modules that reach outside the process, and the layers that may use them. */
const FILE_SYSTEM = ["fs", "fs/promises", "node:fs", "node:fs/promises"].map((name) => ({
  name,
  message:
    "Only scripts/, config/, sources/, the drivers, dialect/lock-file.ts, runtime/memory/reading-memory.ts, runtime/memory/identify-program.ts and runtime/rows/hidden-file.ts touch the file system.",
}));
const PROCESS = ["process", "node:process", "child_process", "node:child_process"].map((name) => ({
  name,
  message: "Only cli/ knows the process: pass in what you need of it.",
}));

export default defineConfig({
  plugins: ["eslint", "typescript", "unicorn", "oxc", "import", "promise", "node", "vitest"],
  jsPlugins: ["./tools/lint/plugin.ts"],
  categories: { correctness: "error", suspicious: "error" },
  options: { reportUnusedDisableDirectives: "error" },
  ignorePatterns: ["**/dist/**", "demo-playground/**", "learn-playground/**"],
  rules: {
    "limbeck/layers": "error",
    "limbeck/no-dialect-names": "error",
    "limbeck/no-module-state": "error",
    "limbeck/catalogued-errors": "error",
    "limbeck/explained-assertions": "error",

    "import/no-cycle": ["error", { ignoreTypes: false }],
    "import/no-default-export": "error",
    "import/no-mutable-exports": "error",
    // Forbids `import "./x.ts"`, which is how side effects are meant to be imported; none are in the source.
    "import/no-unassigned-import": ["error", { allow: ["**/*.css"] }],

    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/only-throw-error": "error",
    // Every assertion is unsafe, or it would not be needed: limbeck/explained-assertions asks for the reason.
    "typescript/no-unsafe-type-assertion": "off",
    // Fires on parameters that are there to be inferred, and on arguments written out for the reader.
    "typescript/no-unnecessary-type-parameters": "off",
    "typescript/no-unnecessary-type-arguments": "off",
    "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    "typescript/consistent-type-imports": ["error", { prefer: "type-imports", fixStyle: "separate-type-imports" }],

    "eslint/eqeqeq": "error",
    "eslint/no-var": "error",
    "eslint/prefer-const": "error",
    "eslint/no-param-reassign": "error",
    "eslint/complexity": ["error", { max: 15 }],
    "eslint/max-params": ["error", { max: 4 }],
    "eslint/max-lines": ["error", { max: 400 }],
    "eslint/max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
    // Loops that await one statement after the other are what a migration is.
    "eslint/no-await-in-loop": "off",

    // A small function reads best beside its one caller.
    "unicorn/consistent-function-scoping": "off",
    "unicorn/filename-case": ["error", { case: "kebabCase" }],
  },
  overrides: [
    {
      // The signatures of `op` are Alembic's, and createForeignKey has six parts there.
      files: [`${SOURCE}/runtime/create-operations.ts`, `${SOURCE}/runtime/create-batch.ts`],
      rules: { "eslint/max-params": ["error", { max: 6 }] },
    },
    {
      files: [`${SOURCE}/**`],
      rules: {
        "eslint/no-console": "error",
        "eslint/no-restricted-globals": ["error", "process", "console"],
        "eslint/no-restricted-properties": ["error", { object: "globalThis", property: "process" }],
        "eslint/no-restricted-imports": ["error", { paths: [...FILE_SYSTEM, ...PROCESS] }],
      },
    },
    {
      files: [
        `${SOURCE}/{scripts,config,dialects,sources,testing}/**`,
        `${SOURCE}/dialect/lock-file.ts`,
        `${SOURCE}/runtime/rows/hidden-file.ts`,
        `${SOURCE}/runtime/memory/reading-memory.ts`,
        `${SOURCE}/runtime/memory/identify-program.ts`,
      ],
      rules: { "eslint/no-restricted-imports": ["error", { paths: PROCESS }] },
    },
    {
      // Each case says which engines are without it and why, and some are about what only one engine has.
      files: [`${SOURCE}/testing/conformance/cases/**`],
      rules: { "limbeck/no-dialect-names": "off", "eslint/max-lines-per-function": "off" },
    },
    {
      // Hooks of the config are programs, also for those who call commands as functions.
      files: [`${SOURCE}/scripts/hooks/run-program.ts`],
      rules: { "eslint/no-restricted-imports": "off" },
    },
    {
      files: [`${SOURCE}/cli/**`],
      rules: {
        "eslint/no-console": "off",
        "eslint/no-restricted-globals": "off",
        "eslint/no-restricted-properties": "off",
        "eslint/no-restricted-imports": ["error", { paths: FILE_SYSTEM }],
      },
    },
    {
      files: ["**/*.test.ts", "**/*.test-d.ts", "packages/*/test/**", "test/**"],
      rules: {
        "eslint/max-lines-per-function": "off",
        "eslint/no-console": "off",
        "eslint/no-restricted-globals": "off",
        "eslint/no-restricted-imports": "off",
        "eslint/no-restricted-properties": "off",
        "typescript/no-non-null-assertion": "off",
      },
    },
    {
      // Node's test runner waits for what these give.
      files: ["workshop/*/tests/**"],
      rules: {
        "typescript/no-floating-promises": [
          "error",
          {
            allowForKnownSafeCalls: [
              { from: "package", package: "node:test", name: ["describe", "it", "test", "suite"] },
            ],
          },
        ],
      },
    },
    {
      // Configuration and plugin files are handed to tools that want a default export; templates likewise.
      files: ["**/*.config.ts", "tools/lint/plugin.ts", "**/migrations/template.ts", "site/.vitepress/**"],
      rules: { "import/no-default-export": "off" },
    },
    {
      // Revisions are named by date and serial number.
      files: ["**/migrations/**"],
      rules: { "unicorn/filename-case": "off" },
    },
  ],
});
