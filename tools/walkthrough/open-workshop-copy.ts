import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyWorkshop } from "../copy-workshop.ts";
import type { Reader } from "./follow-document.ts";
import { createSystemEnvironment } from "./system-environment.ts";

const BIN = fileURLToPath(new URL("../../node_modules/.bin", import.meta.url));

/** Somebody who follows a document in a copy of the workshop. */
export interface WorkshopCopy extends Reader {
  remove(): void;
}

/**
 * Makes a copy of the workshop, as after `npm install`, and an environment in which its commands are found.
 *
 * @throws Error when the package has not been built
 */
export function openWorkshopCopy(): WorkshopCopy {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "limbeck-guide-")));
  copyWorkshop(folder);
  const system = createSystemEnvironment();
  const path = [join(folder, "node_modules/.bin"), BIN, system["PATH"]].join(delimiter);
  return {
    folder,
    // Dates in names and comments are those of UTC everywhere.
    env: { ...system, NO_COLOR: "1", TZ: "UTC", PATH: path },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
