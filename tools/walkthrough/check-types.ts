import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** The strictest a project may be; the types of libraries are checked as well. */
const STRICT = {
  target: "es2024",
  lib: ["es2024"],
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  skipLibCheck: false,
};

/** How a project may find its modules. */
const RESOLUTIONS = {
  nodenext: { module: "nodenext" },
  node16: { module: "node16" },
  // TypeScript 7 knows it no more.
  node10: { module: "commonjs", moduleResolution: "node10", esModuleInterop: true },
  bundler: { module: "esnext", moduleResolution: "bundler" },
} as const;

/** What types are checked with. */
interface TypeCheck {
  readonly resolution: keyof typeof RESOLUTIONS;
  /** Whether the project has the types of Node. Default true. */
  readonly hasNodeTypes?: boolean;
  /** Which of the compilers of this repository. Default: the newest. */
  readonly compiler?: "typescript" | "typescript-5";
  /** Whether imports may end with `.ts`. Default true. */
  readonly allowImportingTsExtensions?: boolean;
  /** Files to check. Default: all of the project. */
  readonly files?: readonly string[];
}

/**
 * Checks the types of a project's files, as its own TypeScript would.
 *
 * @returns what the compiler says; empty when nothing is wrong
 */
export function checkTypes(
  folder: string,
  { resolution, hasNodeTypes = true, compiler = "typescript", allowImportingTsExtensions = true, files }: TypeCheck,
): string {
  const types = hasNodeTypes ? { typeRoots: [join(MODULES, "@types")], types: ["node"] } : { types: [] };
  const config = {
    compilerOptions: { ...STRICT, allowImportingTsExtensions, ...RESOLUTIONS[resolution], ...types },
    ...(files && { files }),
  };
  const path = join(folder, "tsconfig.json");
  writeFileSync(path, JSON.stringify(config));
  const program = join(MODULES, compiler, "bin/tsc");
  const { stdout, error } = spawnSync(program, ["--project", path, "--pretty", "false"], { encoding: "utf8" });
  if (error) throw error;
  return stdout;
}
