import { existsSync } from "node:fs";
import { dirname, extname, relative, resolve, sep } from "node:path";
import { chooseImportEnding } from "./choose-import-ending.ts";
import type { ResolvedConfig } from "./resolved-config.ts";
import { commandErrors } from "../kernel/errors/command-errors.ts";
import { toSlashes } from "./to-slashes.ts";

const DEFAULT_PATH = "app/models.ts";

/** A module with `export` in it that is more than declarations. */
const IS_ESM_PATH = /[^/\\](?<!\.d)\.m?[jt]s$/;

/** A path as an import of the config has it: `./app/models.ts`. */
function importPathFrom({ path: configPath }: ResolvedConfig, path: string): string {
  const seen = toSlashes(relative(dirname(configPath), path));
  return /^\.\.?\//.test(seen) ? seen : `./${seen}`;
}

/** The same as a line of the config should have it, so that the project's compiler takes it. */
export function chooseImportPath(config: ResolvedConfig, path: string): string {
  const seen = importPathFrom(config, path);
  return chooseImportEnding(dirname(config.path)) === ".ts" ? seen : seen.replace(/\.(m?)ts$/, ".$1js");
}

/** `app/models.ts` becomes `app/models-2.ts`, or the next number that is free. */
function findFreePath(path: string): string {
  const ending = extname(path);
  const stem = path.slice(0, -ending.length);
  for (let count = 2; ; count += 1) {
    const free = `${stem}-${count}${ending}`;
    if (!existsSync(free)) return free;
  }
}

const show = (config: ResolvedConfig, file: string): string => importPathFrom(config, file).replace(/^\.\//, "");

const defaultPath = (config: ResolvedConfig): string => resolve(dirname(config.path), DEFAULT_PATH);

/** The file to name where models are to be written; undefined where none needs to be named. */
export function suggestModelsPath(config: ResolvedConfig): string | undefined {
  const path = defaultPath(config);
  return existsSync(path) ? show(config, findFreePath(path)) : undefined;
}

/** Whether a file would be taken for a revision. */
function isAmongRevisions(path: string, { versionLocations, recursiveVersionLocations }: ResolvedConfig): boolean {
  const folder = dirname(path);
  return versionLocations.some(
    (location) => folder === location || (recursiveVersionLocations && folder.startsWith(`${location}${sep}`)),
  );
}

/**
 * The file that models are written into.
 *
 * @param wanted absolute; default: `app/models.ts` beside the config
 * @param mayExist nothing will be written
 * @throws CommandError when it exists already, is not to be a module, or lies among the revisions
 */
export function chooseModelsPath(config: ResolvedConfig, wanted: string | undefined, mayExist: boolean): string {
  const path = wanted ?? defaultPath(config);
  if (!IS_ESM_PATH.test(path)) throw commandErrors.modelsFileNoModule({ path: show(config, path) });
  if (isAmongRevisions(path, config)) throw commandErrors.modelsAmongRevisions({ path: show(config, path) });
  if (!mayExist && existsSync(path)) {
    throw commandErrors.modelsFileExists({ path: show(config, path), free: show(config, findFreePath(path)) });
  }
  return path;
}
