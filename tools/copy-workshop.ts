import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { linkLimbeck } from "./link-limbeck.ts";

/** The project of the learning path. */
export const WORKSHOP: string = fileURLToPath(new URL("../workshop/00_personal_todo", import.meta.url));

/** Its advanced half, which takes from it what does not differ. */
export const ADVANCED_WORKSHOP: string = fileURLToPath(new URL("../workshop/01_shared_lists", import.meta.url));

const MODULES = fileURLToPath(new URL("../node_modules", import.meta.url));

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** What comes into being by working in the project. */
const isLeftover = (path: string): boolean => /^(?:node_modules|\.env|todo\.db.*)$/.test(basename(path));

/**
 * Copies a workshop as it is in the repository, with what it depends on, as after `npm install`.
 *
 * @param folder an empty one
 * @param workshop the first one if nothing is said
 * @throws Error when the package has not been built
 */
export function copyWorkshop(folder: string, workshop: string = WORKSHOP): void {
  cpSync(workshop, folder, { recursive: true, filter: (path) => !isLeftover(path) });
  linkLimbeck(folder);
  const manifest: Manifest = JSON.parse(readFileSync(join(workshop, "package.json"), "utf8"));
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
    if (name === "limbeck") continue;
    const target = join(folder, "node_modules", name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(MODULES, name), target, "junction");
  }
}
