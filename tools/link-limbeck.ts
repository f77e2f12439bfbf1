import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGE = fileURLToPath(new URL("../packages/limbeck", import.meta.url));

/** The built command line; run it with the Node that runs this file. */
export const LIMBECK_BIN: string = join(PACKAGE, "dist", "bin.js");

/**
 * Gives a folder `import ... from "limbeck"` and `npx limbeck`, as `npm install limbeck` would.
 *
 * @throws Error when the package has not been built
 */
export function linkLimbeck(folder: string): void {
  if (!existsSync(LIMBECK_BIN)) throw new Error("The package has not been built yet: make build");
  const modules = join(folder, "node_modules");
  const executable = join(modules, ".bin", "limbeck");
  mkdirSync(dirname(executable), { recursive: true });
  // A junction needs no special rights on Windows; elsewhere the word means nothing.
  symlinkSync(PACKAGE, join(modules, "limbeck"), "junction");
  symlinkSync(join("..", "limbeck", "dist", "bin.js"), executable);
}
