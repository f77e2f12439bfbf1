import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * The files that a path means, in the order of their names.
 *
 * @param path below the folder; a `*` in its last part stands for anything
 */
export function findPaths(folder: string, path: string): readonly string[] {
  const parent = join(folder, dirname(path));
  if (!existsSync(parent)) return [];
  const [before = "", after] = basename(path).split("*");
  const isMeant = (name: string): boolean =>
    after === undefined ? name === before : name.startsWith(before) && name.endsWith(after);
  return readdirSync(parent)
    .filter(isMeant)
    .toSorted()
    .map((name) => join(dirname(path), name));
}
