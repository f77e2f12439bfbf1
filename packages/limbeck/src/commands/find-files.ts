import { readScriptDirectory } from "../scripts/script-directory.ts";
import type { Environment } from "./environment.ts";

/**
 * Finds revision files by their ids, or beginnings of ids, without asking what history they form: it may be none.
 *
 * @returns their absolute paths; undefined where an identifier fits no file, or several
 * @throws ScriptError when a file cannot be read
 */
export function findFiles(
  { config }: Pick<Environment, "config">,
  identifiers: readonly string[],
): readonly string[] | undefined {
  const files = readScriptDirectory(config);
  const found = identifiers.map((identifier) => {
    const exact = files.filter(({ revision }) => revision === identifier);
    return exact.length > 0
      ? exact
      : files.filter(({ revision }) => identifier.length > 3 && revision.startsWith(identifier));
  });
  return found.every((list) => list.length === 1) ? [...new Set(found.flat().map(({ path }) => path))] : undefined;
}
