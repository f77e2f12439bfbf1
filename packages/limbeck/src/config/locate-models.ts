import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { toSlashes } from "./to-slashes.ts";

/** The file that exports the tables of a project. */
export interface ModelsPlace {
  /** Relative to the folder of the config, with slashes. */
  readonly path: string;
  readonly exists: boolean;
}

/**
 * Looks for the file of the models.
 *
 * @param folder of the config
 * @param file as it was named there
 */
export function locateModels(folder: string, file: string): ModelsPlace {
  const path = resolve(folder, file);
  return { path: toSlashes(relative(folder, path)), exists: existsSync(path) };
}
