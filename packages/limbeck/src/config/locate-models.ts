import { statSync } from "node:fs";
import { relative, resolve } from "node:path";
import { toSlashes } from "./to-slashes.ts";

/** What describes the tables of a project. */
export interface ModelsPlace {
  /** Relative to the folder of the config, with slashes. */
  readonly path: string;
  readonly exists: boolean;
  /** A file of SQL, or a folder of them; else it is a module. */
  readonly isSql: boolean;
}

/**
 * Looks for the models.
 *
 * @param folder of the config
 * @param named the file or folder as it was named there
 */
export function locateModels(folder: string, named: string): ModelsPlace {
  const path = resolve(folder, named);
  const found = statSync(path, { throwIfNoEntry: false });
  const isSql = found?.isDirectory() === true || /\.sql$/i.test(path);
  return { path: toSlashes(relative(folder, path)) || ".", exists: found !== undefined, isSql };
}
