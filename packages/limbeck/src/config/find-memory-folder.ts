import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Where tools keep what may be deleted at any time: beside the packages of a project. Undefined where there are none.
 *
 * @param folder absolute; the nearest packages in it or above it count
 */
export function findMemoryFolder(folder: string): string | undefined {
  const packages = join(folder, "node_modules");
  if (existsSync(packages)) return join(packages, ".cache", "limbeck");
  return dirname(folder) === folder ? undefined : findMemoryFolder(dirname(folder));
}
