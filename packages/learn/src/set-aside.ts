import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { Exercise } from "./exercise.ts";
import { OWN_FOLDER } from "./progress.ts";

/** Where the files of labs are kept that begin anew. */
const KEPT = `${OWN_FOLDER}/left`;

/** The first place for the files of a lab that holds nothing yet. */
function choosePlace(folder: string, id: string): string {
  for (let number = 1; ; number += 1) {
    const place = `${KEPT}/${number === 1 ? id : `${id}-${number}`}`;
    if (!existsSync(join(folder, place))) return place;
  }
}

/**
 * Empties the folder of a lab, and keeps what was in it. The folder itself stays, so that a shell in it does not move along.
 *
 * @param folder of the project
 * @returns where it is kept, from there; undefined where there was nothing, or the exercise has no folder of its own
 */
export function setAside({ id, folder: lab }: Exercise, folder: string): string | undefined {
  if (lab === undefined) return undefined;
  const from = join(folder, lab);
  const names = existsSync(from) ? readdirSync(from) : [];
  if (names.length === 0) return undefined;
  const place = choosePlace(folder, id);
  // The password of a server may be in a file.
  mkdirSync(join(folder, place), { recursive: true, mode: 0o700 });
  for (const name of names) renameSync(join(from, name), join(folder, place, name));
  return place;
}
