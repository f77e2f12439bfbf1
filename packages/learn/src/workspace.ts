import { cpSync, existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { basename, join } from "node:path";
import { learnErrors } from "limbeck/commands";
import type { Exercise } from "./exercise.ts";
import { runSteps, type StepPlace } from "./run-step.ts";
import { openLabDatabase } from "./servers/lab-database.ts";

/**
 * Lays out the project that the exercises begin with.
 *
 * @param folder absolute; a new or an empty one
 * @param starter the folder that holds the project
 * @throws LearnError when it is not empty
 */
export function layOutProject(folder: string, starter: string): void {
  const entries = existsSync(folder) ? readdirSync(folder).filter((name) => name !== "node_modules") : [];
  if (entries.length > 0) throw learnErrors.folderTaken({ folder: basename(folder), entries });
  mkdirSync(folder, { recursive: true });
  cpSync(starter, folder, { recursive: true });
  // npm would leave a .gitignore out of a package.
  renameSync(join(folder, "gitignore"), join(folder, ".gitignore"));
}

/** Lays out what an exercise begins with, an empty database on the server among it. */
export async function layOutExercise(exercise: Exercise, place: Omit<StepPlace, "exercise">): Promise<void> {
  const folder = join(place.folder, exercise.folder ?? "");
  if (place.server) await openLabDatabase(place.server, exercise.id, folder).begin();
  await runSteps(exercise.start ?? [], { ...place, folder, exercise: exercise.id });
}
