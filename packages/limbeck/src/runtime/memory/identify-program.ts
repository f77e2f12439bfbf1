import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const IS_BUILT = !import.meta.url.endsWith(".ts");

/** Where the code of this package lies: beside this file where it is built, else two folders above. */
const findProgramFolder = (): string => fileURLToPath(new URL(IS_BUILT ? "." : "../..", import.meta.url));

/**
 * Tells one build of this package from another by the names, sizes and times of the files it consists of.
 *
 * @param folder absolute; default: the one that this code runs from
 * @param recursive whether its folders count. Default: only where it is not built, since who bundles this package may have put everything beside it
 */
export function identifyProgram(folder: string = findProgramFolder(), recursive: boolean = !IS_BUILT): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder, { recursive, encoding: "utf8" }).toSorted()) {
    const { size, mtimeMs } = statSync(join(folder, name));
    hash.update(JSON.stringify([name, size, mtimeMs]));
  }
  return hash.digest("hex");
}
