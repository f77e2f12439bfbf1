import { cpSync, existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { learnErrors } from "limbeck/commands";
import type { Exercise } from "./exercise.ts";
import { runSteps, type StepPlace } from "./run-step.ts";

/** The project that the exercises begin with; it lies beside the bundle. */
const STARTER = fileURLToPath(new URL("./starter", import.meta.url));

/**
 * Lays out the project that the exercises begin with.
 *
 * @param folder absolute; a new or an empty one
 * @throws LearnError when it is not empty
 */
export function layOutProject(folder: string): void {
  const entries = existsSync(folder) ? readdirSync(folder).filter((name) => name !== "node_modules") : [];
  if (entries.length > 0) throw learnErrors.folderTaken({ folder: basename(folder), entries });
  mkdirSync(folder, { recursive: true });
  cpSync(STARTER, folder, { recursive: true });
  // npm would leave a .gitignore out of a package.
  renameSync(join(folder, "gitignore"), join(folder, ".gitignore"));
}

/** Lays out what an exercise begins with. */
export async function layOutExercise(exercise: Exercise, place: Omit<StepPlace, "exercise">): Promise<void> {
  const folder = join(place.folder, exercise.folder ?? "");
  await runSteps(exercise.start ?? [], { ...place, folder, exercise: exercise.id });
}
