import { learnErrors, type LearnHost } from "limbeck/commands";
import { examine, type Examination } from "./examine.ts";
import type { Exercise } from "./exercise.ts";
import { findProject, readProgress, writeProgress, type Progress } from "./progress.ts";
import { keepBeginning, keepStep, resetToBeginning, undoStep } from "./snapshots.ts";
import { layOutExercise } from "./workspace.ts";

/** A learner's project, and where the learner is in it. */
export interface Classroom {
  readonly folder: string;
  readonly exercises: readonly Exercise[];
  readonly host: LearnHost;
  readonly progress: Progress;
  readonly exercise: Exercise;
}

const idsOf = (exercises: readonly Exercise[]): readonly string[] => exercises.map(({ id }) => id);

/**
 * Opens the project that one is in.
 *
 * @throws LearnError when there is none, or the file with the progress is not understood
 */
export function enterClassroom(exercises: readonly Exercise[], host: LearnHost): Classroom {
  const folder = findProject(host.cwd);
  const progress = readProgress(folder, idsOf(exercises));
  const exercise = exercises.find(({ id }) => id === progress.current);
  if (!exercise) throw learnErrors.notStarted({ folder });
  return { folder, exercises, host, progress, exercise };
}

/** Lays out an exercise, and remembers how it begins. */
export async function beginExercise(
  exercise: Exercise,
  { folder, host, done }: { readonly folder: string; readonly host: LearnHost; readonly done: readonly string[] },
): Promise<void> {
  await layOutExercise(exercise, { folder, env: host.env, command: host.command });
  keepBeginning(folder);
  writeProgress(folder, { current: exercise.id, done, hints: 0 });
}

/** Checks the exercise at hand, remembers the state, and writes it down when it is solved. */
export async function checkExercise(room: Classroom): Promise<Examination> {
  const { folder, exercise, host, progress } = room;
  keepStep(folder);
  const examination = await examine(exercise, folder, host.env);
  if (examination.isSolved && !progress.done.includes(exercise.id))
    writeProgress(folder, { ...progress, done: [...progress.done, exercise.id] });
  return examination;
}

/**
 * Goes to the next exercise.
 *
 * @returns undefined when all are solved
 * @throws LearnError when this one is not solved
 */
export async function goOn(room: Classroom): Promise<Exercise | undefined> {
  const { folder, exercise, exercises, host } = room;
  const { finding } = await checkExercise(room);
  if (finding) throw learnErrors.notSolved({ exercise: exercise.id, problem: finding.because });
  const next = exercises[exercises.indexOf(exercise) + 1];
  if (!next) return undefined;
  const { done } = readProgress(folder, idsOf(exercises));
  await beginExercise(next, { folder, host, done });
  return next;
}

/** Gives one hint more. @returns how many were read by now */
export function takeHint({ folder, progress }: Classroom): number {
  const hints = Math.min(progress.hints + 1, 3);
  writeProgress(folder, { ...progress, hints });
  return hints;
}

/**
 * Goes back a step, or to the beginning of the exercise.
 *
 * @throws LearnError when nothing has changed since
 */
export function goBack({ folder, exercise }: Classroom, how: "undo" | "reset"): void {
  const hasChanged = how === "undo" ? undoStep(folder) : resetToBeginning(folder);
  if (!hasChanged) throw learnErrors.nothingToUndo({ exercise: exercise.id });
}
