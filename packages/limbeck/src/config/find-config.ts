import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { configErrors } from "../kernel/errors/config-errors.ts";

const NAMES: readonly string[] = ["limbeck.config.ts", "limbeck.config.mts", "limbeck.config.js", "limbeck.config.mjs"];

/** Where to look for the config. */
export interface ConfigSearch {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The path given with `--config`. */
  readonly configPath?: string;
}

function requireFile(path: string, source: string): string {
  if (!existsSync(path)) throw configErrors.configNotFound({ path, source });
  return path;
}

/**
 * Absolute path of the config: the one given, else the one `LIMBECK_CONFIG` names, else the first found upwards to the package's root.
 *
 * @throws ConfigError when there is none
 */
export function findConfig({ cwd, env, configPath }: ConfigSearch): string {
  if (configPath !== undefined) return requireFile(resolve(cwd, configPath), "--config");
  const named = env["LIMBECK_CONFIG"];
  if (named) return requireFile(resolve(cwd, named), "LIMBECK_CONFIG");
  for (let folder = cwd; ; folder = dirname(folder)) {
    const found = NAMES.map((name) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined) return found;
    if (existsSync(join(folder, "package.json")) || dirname(folder) === folder) break;
  }
  throw configErrors.configMissing({ folder: cwd, names: NAMES });
}
