import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const TS_ENDINGS = /"(?:allowImportingTsExtensions|rewriteRelativeImportExtensions)"\s*:\s*true/;

/**
 * The ending with which a config imports models written in TypeScript: `.ts`, unless the project has a tsconfig.json in which a compiler would refuse that. Then it is
 * `.js`, which every compiler takes for the `.ts` file, and Limbeck too.
 *
 * @param folder of the config
 */
export function chooseImportEnding(folder: string): ".ts" | ".js" {
  const path = join(folder, "tsconfig.json");
  // What it extends is not looked into: `.js` is right in any case.
  return !existsSync(path) || TS_ENDINGS.test(readFileSync(path, "utf8")) ? ".ts" : ".js";
}
