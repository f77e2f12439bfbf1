import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { linkLimbeck } from "../link-limbeck.ts";

const MARKER = ".made-by-make-demo";

const MANIFEST = { name: "demo-playground", private: true, type: "module" };

/**
 * Makes the folder that the demo runs in, in place of the one of the last time.
 *
 * @throws Error when there is a folder that the demo did not make; it is left alone
 */
export function createPlayground(folder: string): void {
  if (existsSync(folder) && !existsSync(join(folder, MARKER))) {
    throw new Error(`${folder} was not made by the demo, so it is left alone. Move it away and try again.`);
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  writeFileSync(join(folder, MARKER), "`make demo` deletes this folder and makes it anew.\n");
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(MANIFEST, undefined, 2)}\n`);
  linkLimbeck(folder);
}
