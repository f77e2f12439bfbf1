import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { examine, type Examination } from "./examine.ts";
import type { Exercise } from "./exercise.ts";
import { runSteps, type StepPlace } from "./run-step.ts";
import type { Step } from "./step.ts";
import { layOutExercise, layOutProject } from "./workspace.ts";

/** What a check of the exercises themselves found out. */
export interface DevCheck {
  readonly exercises: number;
  readonly checks: number;
  readonly wrongStates: number;
  readonly hints: number;
  readonly milliseconds: number;
  /** What is not as it is to be, a sentence for each. */
  readonly faults: readonly string[];
}

/** How few wrong states an exercise has at least. */
const FEWEST_WRONG_STATES = 3;

/** How many states are tried at the same time. */
const AT_ONCE = 3;

type Place = Omit<StepPlace, "exercise" | "folder">;

/** The packages that the exercises are tried with. */
function findPackages(cwd: string): string {
  for (let folder = cwd; dirname(folder) !== folder; folder = dirname(folder)) {
    const packages = join(folder, "node_modules");
    if (existsSync(join(packages, "limbeck"))) return packages;
  }
  return join(cwd, "node_modules");
}

const copy = (from: string, to: string): void => cpSync(from, to, { recursive: true, verbatimSymlinks: true });

async function mapAtOnce<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** One state of an exercise, and what has to be said of it. */
interface State {
  readonly name: string;
  readonly steps: readonly Step[];
  /** The name of the finding; undefined where the exercise is solved. */
  readonly trips?: string;
  /** Any finding will do. */
  readonly isUnsolved?: boolean;
}

const listStates = ({ solution, wrongStates }: Exercise): readonly State[] => [
  { name: "unsolved", steps: [], isUnsolved: true },
  { name: "solved", steps: solution },
  ...wrongStates.map(({ trips, steps }) => ({ name: `wrong state ${trips}`, steps, trips })),
];

function judge(
  { name, trips, isUnsolved = false }: State,
  id: string,
  { isSolved, finding }: Examination,
): readonly string[] {
  const got = finding === undefined ? "passes" : `trips ${finding.name}: ${finding.because}`;
  if (isUnsolved) return isSolved ? [`${id} passes unsolved.`] : [];
  if (trips === undefined) return isSolved ? [] : [`${id}, solved, ${got}`];
  return finding?.name === trips ? [] : [`${id}, ${name}, ${got}`];
}

function judgeTexts({ id, hints, wrongStates, text }: Exercise): readonly string[] {
  return [
    ...(hints.some((hint) => hint.trim() === "") ? [`${id} has an empty hint.`] : []),
    ...(text.length === 0 ? [`${id} has no text.`] : []),
    ...(wrongStates.length < FEWEST_WRONG_STATES ? [`${id} has ${wrongStates.length} wrong states.`] : []),
  ];
}

/** Tries one state in a folder of its own. */
async function tryState(
  exercise: Exercise,
  state: State,
  { begin, folder, place }: { readonly begin: string; readonly folder: string; readonly place: Place },
): Promise<readonly string[]> {
  copy(begin, folder);
  const stepPlace = {
    ...place,
    folder: join(folder, exercise.folder ?? ""),
    exercise: `${exercise.id}, ${state.name}`,
  };
  try {
    await runSteps(state.steps, stepPlace);
    return judge(state, exercise.id, await examine(exercise, folder, place.env));
  } catch (error) {
    return [`${exercise.id}, ${state.name}: ${error instanceof Error ? describeFailure(error) : String(error)}`];
  } finally {
    if (state.name !== "solved") rmSync(folder, { recursive: true });
  }
}

const describeFailure = (error: Error): string =>
  "why" in error ? `${error.message} ${String(error.why)}` : error.message;

/** Tries all states of an exercise; the folder of the solved one is what the next one begins with. */
async function tryExercise(
  exercise: Exercise,
  { before, root, place }: { readonly before: string; readonly root: string; readonly place: Place },
): Promise<{ readonly faults: readonly string[]; readonly solved: string }> {
  const begin = join(root, `${exercise.id}-begin`);
  copy(before, begin);
  await layOutExercise(exercise, { ...place, folder: begin });
  const solved = join(root, `${exercise.id}-solved`);
  const faults = await mapAtOnce(listStates(exercise), (state) =>
    tryState(exercise, state, {
      begin,
      folder: state.name === "solved" ? solved : mkdtempSync(join(root, "state-")),
      place,
    }),
  );
  return { faults: [...judgeTexts(exercise), ...faults.flat()], solved };
}

/**
 * Tries the exercises themselves: each one has to fail unsolved and pass solved, and each of its wrong states has to be told by its own finding.
 *
 * @param exercises in their order; each begins where the solution of the one before ends
 * @param chosen the id of the only one that counts; default all of them
 */
export async function devCheck(
  exercises: readonly Exercise[],
  { cwd, env, command, chosen }: Place & { readonly cwd: string; readonly chosen?: string | undefined },
): Promise<DevCheck> {
  const began = performance.now();
  const root = mkdtempSync(join(tmpdir(), "limbeck-learn-check-"));
  // Whatever the caller's database is, it is not the one of the exercises.
  const place = { command, env: { ...env, DATABASE_URL: undefined } };
  const faults: string[] = [];
  try {
    symlinkSync(findPackages(cwd), join(root, "node_modules"), "junction");
    let before = join(root, "start");
    mkdirSync(before);
    layOutProject(before);
    for (const exercise of exercises) {
      const isChosen = chosen === undefined || exercise.id === chosen;
      const tried = await tryExercise(isChosen ? exercise : { ...exercise, wrongStates: [] }, { before, root, place });
      faults.push(...(isChosen ? tried.faults : []));
      before = tried.solved;
      if (exercise.id === chosen) break;
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  const counted = exercises.filter(({ id }) => chosen === undefined || id === chosen);
  const sum = (count: (exercise: Exercise) => number): number => counted.reduce((all, one) => all + count(one), 0);
  return {
    exercises: counted.length,
    checks: sum(({ checks }) => checks.length),
    wrongStates: sum(({ wrongStates }) => wrongStates.length),
    hints: sum(({ hints }) => hints.length),
    milliseconds: Math.round(performance.now() - began),
    faults,
  };
}
