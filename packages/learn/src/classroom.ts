import { LimbeckError } from "limbeck";
import { learnErrors, type LearnHost } from "limbeck/commands";
import { join } from "node:path";
import { choosePath, findNamed, findNext } from "./choose-path.ts";
import { listLeftovers } from "./clean.ts";
import { examine, failExamination, type Examination } from "./examine.ts";
import type { Exercise } from "./exercise.ts";
import { fingerprintFolder } from "./folder-files.ts";
import { findProject, readProgress, writeProgress, type Progress } from "./progress.ts";
import { MARK, openLabDatabase, type LabDatabase } from "./servers/lab-database.ts";
import { openRecordedServer } from "./servers/record-databases.ts";
import { setAside } from "./set-aside.ts";
import { keepBeginning, keepStep, readRemembered, resetToBeginning, undoStep } from "./snapshots.ts";
import { layOutExercise } from "./workspace.ts";

/** A learner's project, and where the learner is in it. */
export interface Classroom {
  readonly folder: string;
  /** All that there are, variants on several servers among them. */
  readonly all: readonly Exercise[];
  /** Those that this learner does, in their order. */
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
export function enterClassroom(all: readonly Exercise[], host: LearnHost): Classroom {
  const folder = findProject(host.cwd);
  const progress = readProgress(folder, idsOf(all));
  const exercise = all.find(({ id }) => id === progress.current);
  if (!exercise) throw learnErrors.notStarted({ folder });
  return { folder, all, exercises: choosePath(all, progress, host.env), host, progress, exercise };
}

/**
 * The database that the exercise at hand has on a server; undefined where files are enough.
 *
 * @throws LearnError when the server is missing
 */
async function openDatabase({ exercise, folder, host }: Classroom): Promise<LabDatabase | undefined> {
  if (exercise.engine === undefined) return undefined;
  const server = await openRecordedServer(exercise.engine, { folder, env: host.env });
  return openLabDatabase(server, exercise.id, join(folder, exercise.folder ?? ""));
}

/** Stands for the exercise at hand, with its files and database; undefined while that cannot be told. */
export async function fingerprintRoom(room: Classroom): Promise<string | undefined> {
  // Two exercises may begin with the same files, and the screen is to be that of the one at hand.
  const files = `${room.exercise.id} ${fingerprintFolder(room.folder)}`;
  if (room.exercise.engine === undefined) return files;
  const database = await openDatabase(room).catch(() => undefined);
  if (!database) return `${files} without a server`;
  const rows = await database.fingerprint();
  return rows === undefined ? undefined : `${files} ${rows}`;
}

/** An exercise that has begun. */
export interface Begun {
  readonly exercise: Exercise;
  /** Where that is kept, below the project, which an earlier time has left in the folder of the lab. */
  readonly kept: string | undefined;
}

/** Lays out an exercise, unless it was left and lies there still, and remembers how it begins. A lab begins anew, and what was in its folder is kept. */
export async function beginExercise(
  exercise: Exercise,
  {
    folder,
    host,
    progress,
  }: Pick<Classroom, "folder" | "host"> & { readonly progress: Pick<Progress, "done" | "left"> },
): Promise<Begun> {
  const { done, left } = progress;
  if (exercise.id === left) {
    keepBeginning(folder);
    writeProgress(folder, { current: exercise.id, done, hints: 0 });
    return { exercise, kept: undefined };
  }
  const server =
    exercise.engine === undefined ? undefined : await openRecordedServer(exercise.engine, { folder, env: host.env });
  const kept = setAside(exercise, folder);
  await layOutExercise(exercise, { folder, env: host.env, command: host.command, server });
  if (server) await openLabDatabase(server, exercise.id, join(folder, exercise.folder ?? "")).keep({ isForced: true });
  keepBeginning(folder);
  writeProgress(folder, { current: exercise.id, done, hints: 0, left });
  return { exercise, kept };
}

/** Checks the exercise at hand, remembers the state, and writes it down when it is solved. */
export async function checkExercise(room: Classroom): Promise<Examination> {
  const { folder, all, exercise, host } = room;
  const { env } = host;
  let examination: Examination;
  try {
    const server =
      exercise.engine === undefined ? undefined : await openRecordedServer(exercise.engine, { folder, env });
    const database = await openDatabase(room);
    await database?.keep({ isForced: false });
    keepStep(folder);
    await database?.forget(...readRemembered(folder, join(exercise.folder ?? "", MARK)));
    examination = await examine(exercise, { folder, env, server });
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error;
    examination = failExamination(exercise, error);
  }
  if (!examination.isSolved) return examination;
  // Read anew: checks may take seconds, and another terminal may have gone on meanwhile.
  const progress = readProgress(folder, idsOf(all));
  if (!progress.done.includes(exercise.id))
    writeProgress(folder, { ...progress, done: [...progress.done, exercise.id] });
  return examination;
}

/** What the exercise at hand has on a server: nothing where files are enough; else its database, unless the server is missing, without which nobody has to solve it. */
async function findDatabase(
  room: Classroom,
): Promise<"none" | "serverMissing" | { readonly database: LabDatabase; readonly isThere: boolean }> {
  try {
    const database = await openDatabase(room);
    return database ? { database, isThere: await database.isThere() } : "none";
  } catch {
    return "serverMissing";
  }
}

/** Where going on has led. */
type GoneOn =
  | (Begun & { readonly leftovers?: undefined })
  | { readonly exercise?: undefined; readonly leftovers: readonly string[] };

/**
 * Goes to the next exercise, past those whose server is missing. The database that the one at hand has on a server is dropped.
 *
 * @returns the exercise; or, when there is none left, the databases that stay on servers
 * @throws LearnError when this one is not solved
 */
export async function goOn(room: Classroom): Promise<GoneOn> {
  const { folder, all, exercise, host } = room;
  const found = await findDatabase(room);
  const isCleaned = typeof found === "object" && !found.isThere && room.progress.done.includes(exercise.id);
  if (found !== "serverMissing" && !isCleaned) {
    const { finding } = await checkExercise(room);
    if (finding) throw learnErrors.notSolved({ exercise: exercise.id, problem: finding.because });
  }
  const progress = readProgress(folder, idsOf(all));
  // Another terminal, or a second key, was faster; what it has laid out is not laid out once more.
  const current = all.find(({ id }) => id === progress.current);
  if (current && current.id !== exercise.id) return { exercise: current, kept: undefined };
  const next = await findNext(exercise, choosePath(all, progress, host.env), { done: progress.done, env: host.env });
  const database = typeof found === "object" ? found.database : undefined;
  if (!next) {
    await database?.forget();
    return { leftovers: listLeftovers(folder) };
  }
  const begun = await beginExercise(next, { folder, host, progress });
  await database?.end();
  return begun;
}

/** The exercise of the project itself that comes next in it: each of them begins with what those before it have made. */
const findOpen = (all: readonly Exercise[], done: readonly string[]): Exercise | undefined =>
  all.find(({ id, folder }) => folder === undefined && !done.includes(id));

/**
 * Goes to an exercise that has a folder of its own, or back to the project, whether or not the one at hand is solved. A lab that was left begins anew, its files
 * are kept aside and its database on a server is dropped; the project stays as it is.
 *
 * @param words its id, or a part of it that no other one has
 * @throws LearnError when there is none, or it builds on others that are not solved
 */
export async function goTo(room: Classroom, words: string): Promise<Begun> {
  const { folder, all, exercise, host, progress } = room;
  const { done } = progress;
  const wanted = findNamed(room, words);
  const found = await findDatabase(room);
  const isCleaned = typeof found === "object" && !found.isThere;
  if (wanted.id === exercise.id && !isCleaned) return { exercise, kept: undefined };
  const open = findOpen(all, done);
  if (wanted.folder === undefined && wanted.id !== open?.id)
    throw learnErrors.buildsOnOthers({ exercise: wanted.id, open: open?.id });
  const leaves = exercise.folder === undefined && !done.includes(exercise.id);
  const begun = await beginExercise(wanted, {
    folder,
    host,
    progress: { done, left: leaves ? exercise.id : progress.left },
  });
  if (typeof found === "object" && wanted.id !== exercise.id) await found.database.end();
  return begun;
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
export async function goBack(room: Classroom, how: "undo" | "reset"): Promise<void> {
  const { folder, exercise } = room;
  const database = await openDatabase(room);
  // So that the files say how the database is now, and this too can be undone.
  await database?.keep({ isForced: true });
  const hasChanged = how === "undo" ? undoStep(folder) : resetToBeginning(folder);
  if (!hasChanged) throw learnErrors.nothingToUndo({ exercise: exercise.id });
  await database?.bringBack();
}
