import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ADVANCED_WORKSHOP, copyWorkshop, WORKSHOP } from "../copy-workshop.ts";
import type { Reader } from "./follow-document.ts";
import { createSystemEnvironment } from "./system-environment.ts";

const BIN = fileURLToPath(new URL("../../node_modules/.bin", import.meta.url));

/** Somebody who follows a document in a copy of the workshop. */
export interface WorkshopCopy extends Reader {
  remove(): void;
}

/**
 * Makes a copy of a workshop, as after `npm install`, and an environment in which its commands are found.
 *
 * @param workshop the first one if nothing is said; the advanced one has the first one beside it
 * @throws Error when the package has not been built
 */
export function openWorkshopCopy(workshop: string = WORKSHOP): WorkshopCopy {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-guide-")));
  const folder = join(root, basename(workshop));
  copyWorkshop(folder, workshop);
  if (workshop === ADVANCED_WORKSHOP) copyWorkshop(join(root, basename(WORKSHOP)));
  const system = createSystemEnvironment();
  const path = [join(folder, "node_modules/.bin"), BIN, system["PATH"]].join(delimiter);
  return {
    folder,
    // Dates in names and comments are those of UTC everywhere.
    env: { ...system, NO_COLOR: "1", TZ: "UTC", PATH: path },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
