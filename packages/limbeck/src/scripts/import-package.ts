import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { importNatively } from "./native-import.ts";

/** The path of a module as a file sees it; undefined where it has no such package. */
function resolveFrom(path: string, module: string): string | undefined {
  try {
    return createRequire(path).resolve(module);
  } catch {
    return undefined;
  }
}

/**
 * Imports a module of a package that a project has installed.
 *
 * @param path the file that the package is looked up from, absolute
 * @returns undefined where the project does not have it
 */
export async function importPackage(path: string, module: string): Promise<object | undefined> {
  const resolved = resolveFrom(path, module);
  return resolved === undefined ? undefined : importNatively(pathToFileURL(resolved).href);
}
