import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LearnError } from "limbeck/commands";
import { ENGINES, isNamed, SERVER_ENGINES, titleOf, type Engine, type ServerEngine } from "./engine.ts";
import { examine, type Examination } from "./examine.ts";
import { engineOf, type Exercise } from "./exercise.ts";
import { createLimit, type Limit } from "./limit.ts";
import type { StepPlace } from "./run-step.ts";
import { openLabDatabase, type LabDatabase } from "./servers/lab-database.ts";
import type { LabServer } from "./servers/lab-server.ts";
import { openServer } from "./servers/open-server.ts";
import { tryStates, type Reached, type StepState } from "./try-states.ts";
import { layOutExercise, layOutProject } from "./workspace.ts";

/** How much of the exercises there is. */
export interface Numbers {
  readonly exercises: number;
  readonly checks: number;
  readonly wrongStates: number;
  readonly hints: number;
}

/** What was tried on one engine. */
export interface EngineNumbers extends Numbers {
  readonly engine: Engine;
  readonly milliseconds: number;
}

/** What a check of the exercises themselves found out. */
export interface DevCheck extends Numbers {
  readonly engines: readonly EngineNumbers[];
  /** Exercises were passed over, because nobody has named these servers. */
  readonly passedOver: readonly ServerEngine[];
  readonly milliseconds: number;
  /** What is not as it is to be, a sentence for each. */
  readonly faults: readonly string[];
}

/** What is tried, and with what. */
export interface DevCheckOptions {
  /** Where the packages are that the exercises are tried with: in this folder, or above it. */
  readonly cwd: string;
  /** The folder with the project that the exercises begin with. */
  readonly starter: string;
  /** The id of the only exercise that counts. Default: all of them. */
  readonly chosen?: string | undefined;
}

/** How few wrong states an exercise has at least. */
const FEWEST_WRONG_STATES = 3;

/** Columns that every terminal has. */
const NARROW = 80;

/** How much goes on at the same time. */
const AT_ONCE = 3;

/** The packages that the exercises are tried with. */
function findPackages(cwd: string): string {
  for (let folder = cwd; dirname(folder) !== folder; folder = dirname(folder)) {
    const packages = join(folder, "node_modules");
    if (existsSync(join(packages, "limbeck"))) return packages;
  }
  return join(cwd, "node_modules");
}

/** One state of an exercise, and what has to be said of it. */
interface State extends StepState {
  /** What the finding has to be: the one of that name, none, or any. */
  readonly expected: { readonly name: string } | "none" | "any";
}

const listStates = ({ solution, wrongStates }: Exercise): readonly State[] => [
  { name: "unsolved", steps: [], expected: "any" },
  { name: "solved", steps: solution, expected: "none" },
  ...wrongStates.map(({ trips, steps }) => ({ name: `wrong state ${trips}`, steps, expected: { name: trips } })),
];

function judge({ name, expected }: State, id: string, { finding }: Examination): readonly string[] {
  const got = finding === undefined ? "passes." : `trips ${finding.name}: ${finding.because}`;
  const isRight =
    expected === "any" || expected === "none"
      ? (finding === undefined) === (expected === "none")
      : finding?.name === expected.name;
  return isRight ? [] : [`${id}, ${name}, ${got}`];
}

function judgeTexts({ id, hints, wrongStates, text }: Exercise): readonly string[] {
  return [
    ...(hints.some((hint) => hint.trim() === "") ? [`${id} has an empty hint.`] : []),
    ...text
      .filter((line) => line.startsWith("    ") && line.length > NARROW)
      .map((line) => `${id} has a line of code that is too long: ${line.trim()}`),
    ...(text.length === 0 ? [`${id} has no text.`] : []),
    ...(wrongStates.length < FEWEST_WRONG_STATES ? [`${id} has ${wrongStates.length} wrong states.`] : []),
  ];
}

/** Where the exercises are tried. */
interface Trial {
  readonly root: string;
  readonly place: Pick<StepPlace, "command" | "env">;
  /** The server of exercises that need one. */
  readonly server?: LabServer;
  readonly limit: Limit;
}

/** The databases that an exercise has on a server while it is tried, one for each folder. */
function trackDatabases({ id, folder: inside = "" }: Exercise, server: LabServer | undefined) {
  const opened: LabDatabase[] = [];
  const open = (folder: string): LabDatabase | undefined => {
    const database = server && openLabDatabase(server, id, join(folder, inside));
    if (database) opened.push(database);
    return database;
  };
  return {
    open,
    copy: async (from: string, to: string): Promise<void> => {
      cpSync(from, to, { recursive: true, verbatimSymlinks: true });
      if (server) await open(to)?.copyFrom(openLabDatabase(server, id, join(from, inside)));
    },
    dropAll: async (): Promise<void> => {
      for (const database of opened) await database.end();
    },
  };
}

/** Tries all states of an exercise. @returns what is wrong, and the folder of the solved one, which the next exercise begins with */
async function tryExercise(
  exercise: Exercise,
  before: string,
  { root, place, server, limit }: Trial,
): Promise<{ readonly faults: readonly string[]; readonly solved: string }> {
  const begin = mkdtempSync(join(root, `${exercise.id}-`));
  cpSync(before, begin, { recursive: true, verbatimSymlinks: true });
  const faults = [...judgeTexts(exercise)];
  let solved = begin;
  const look = async (state: State, reached: Reached): Promise<void> => {
    if ("problem" in reached) {
      faults.push(`${exercise.id}, ${state.name}: ${reached.problem}`);
      return;
    }
    const { folder } = reached;
    if (state.expected === "none") solved = folder;
    faults.push(...judge(state, exercise.id, await examine(exercise, { folder, env: place.env, server })));
  };
  const { open, copy, dropAll } = trackDatabases(exercise, server);
  try {
    open(begin);
    await layOutExercise(exercise, { ...place, folder: begin, server });
    const inside = exercise.folder ?? "";
    const journey = { root, place: { ...place, exercise: exercise.id, server }, inside, copy, limit };
    await tryStates(listStates(exercise), { folder: begin, journey }, look);
  } finally {
    await dropAll();
  }
  return { faults, solved };
}

/** Tries exercises of which each begins where the one before ends; nothing but the way there counts before the chosen one. */
async function tryChain(
  exercises: readonly Exercise[],
  { start, chosen, trial }: { readonly start: string; readonly chosen: string | undefined; readonly trial: Trial },
): Promise<readonly string[]> {
  const faults: string[] = [];
  let before = start;
  for (const exercise of exercises) {
    const isCounted = chosen === undefined || exercise.id === chosen;
    const tried = await tryExercise(isCounted ? exercise : { ...exercise, wrongStates: [] }, before, trial);
    if (isCounted) faults.push(...tried.faults);
    if (exercise.id === chosen) break;
    before = tried.solved;
  }
  return faults;
}

const hasOwnProject = ({ folder }: Exercise): boolean => folder !== undefined;

/** The exercises that have to be tried one after the other: those of one project. */
function listChains(exercises: readonly Exercise[], chosen: string | undefined): readonly (readonly Exercise[])[] {
  const chains = [
    exercises.filter((one) => !hasOwnProject(one)),
    ...exercises.filter(hasOwnProject).map((one) => [one]),
  ];
  return chains.filter((chain) => chosen === undefined || chain.some(({ id }) => id === chosen));
}

function count(exercises: readonly Exercise[]): Numbers {
  const sum = (of: (exercise: Exercise) => number): number => exercises.reduce((all, one) => all + of(one), 0);
  return {
    exercises: exercises.length,
    checks: sum(({ checks }) => checks.length),
    wrongStates: sum(({ wrongStates }) => wrongStates.length),
    hints: sum(({ hints }) => hints.length),
  };
}

/** What became of the exercises of one engine. */
interface Tried {
  readonly numbers: EngineNumbers;
  readonly faults: readonly string[];
}

async function tryEngine(
  engine: Engine,
  exercises: readonly Exercise[],
  { start, chosen, trial }: { readonly start: string; readonly chosen: string | undefined; readonly trial: Trial },
): Promise<Tried> {
  const began = performance.now();
  const members = exercises.filter((one) => engineOf(one) === engine);
  const tryAll = async (): Promise<readonly string[]> => {
    const server = engine === "sqlite" ? undefined : await openServer(engine, trial.place.env);
    const chains = listChains(members, chosen);
    const all = { start, chosen, trial: { ...trial, ...(server && { server }) } };
    return (await Promise.all(chains.map((chain) => tryChain(chain, all)))).flat();
  };
  const faults = await tryAll().catch((error: unknown) => {
    // A server that was asked for and is missing is no reason to say nothing of the others.
    if (!(error instanceof LearnError)) throw error;
    return [`${titleOf(engine)}: ${error.message} ${error.why}`];
  });
  const counted = members.filter(({ id }) => chosen === undefined || id === chosen);
  return { numbers: { engine, ...count(counted), milliseconds: Math.round(performance.now() - began) }, faults };
}

/**
 * Tries the exercises themselves: each one has to fail unsolved and pass solved, and each of its wrong states has to be told by its own finding. Those that need a server are tried on the servers that the
 * environment names.
 *
 * @param exercises in their order; each begins where the solution of the one before ends, or has a project of its own
 */
export async function devCheck(
  exercises: readonly Exercise[],
  { cwd, env, command, starter, chosen }: Trial["place"] & DevCheckOptions,
): Promise<DevCheck> {
  const began = performance.now();
  const counted = exercises.filter(({ id }) => chosen === undefined || id === chosen);
  const wanted = new Set(counted.map(engineOf));
  const passedOver = SERVER_ENGINES.filter((engine) => wanted.has(engine) && !isNamed(engine, env));
  const engines = ENGINES.filter((engine) => wanted.has(engine) && (engine === "sqlite" || isNamed(engine, env)));
  const root = mkdtempSync(join(tmpdir(), "limbeck-learn-check-"));
  const trial = { root, place: { command, env }, limit: createLimit(AT_ONCE) };
  try {
    symlinkSync(findPackages(cwd), join(root, "node_modules"), "junction");
    const start = join(root, "start");
    mkdirSync(start);
    layOutProject(start, starter);
    const tried = await Promise.all(engines.map((engine) => tryEngine(engine, exercises, { start, chosen, trial })));
    return {
      ...count(counted.filter((one) => engines.some((engine) => engine === engineOf(one)))),
      engines: tried.map(({ numbers }) => numbers),
      passedOver,
      milliseconds: Math.round(performance.now() - began),
      faults: tried.flatMap(({ faults }) => faults),
    };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
