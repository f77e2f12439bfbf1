import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { EXIT_CODES, LimbeckError } from "limbeck";
import { learnErrors, quoteWord, type LearnHost, type LearnOutcome, type LearnRequest } from "limbeck/commands";
import {
  beginExercise,
  checkExercise,
  enterClassroom,
  goBack,
  goOn,
  goTo,
  takeHint,
  type Begun,
  type Classroom,
} from "./classroom.ts";
import { cleanServers, listLeftovers } from "./clean.ts";
import { describeStep } from "./describe-step.ts";
import { devCheck } from "./dev-check.ts";
import { ENGINES, type Engine } from "./engine.ts";
import { choosePath, isAskedFor } from "./choose-path.ts";
import type { Examination } from "./examine.ts";
import { engineOf, type Exercise } from "./exercise.ts";
import { EXERCISES } from "./exercises/all-exercises.ts";
import {
  renderExamination,
  renderExercise,
  renderHints,
  renderKept,
  renderList,
  renderNext,
  renderSolution,
} from "./screens.ts";
import { renderCleaned } from "./render-cleaned.ts";
import { renderDevCheck } from "./render-dev-check.ts";
import { renderEnd } from "./render-end.ts";
import { findProject } from "./progress.ts";
import { openServer } from "./servers/open-server.ts";
import { watch } from "./watch.ts";
import { layOutProject } from "./workspace.ts";

/** The project that the exercises begin with; it lies beside the bundle. */
const STARTER = fileURLToPath(new URL("./starter", import.meta.url));

type Action = (request: LearnRequest, host: LearnHost) => Promise<LearnOutcome>;

/** What would let commands work on another database than that of the exercises. */
const LEADING_AWAY = ["DATABASE_URL", "LIMBECK_CONFIG"] as const;

function refuseOtherDatabases({ env }: LearnHost): void {
  const variable = LEADING_AWAY.find((name) => env[name]);
  if (variable !== undefined) throw learnErrors.ledElsewhere({ variable });
}

const enter = (host: LearnHost): Classroom => enterClassroom(EXERCISES, host);

const summarize = ({ id, title, text, folder, engine }: Exercise) => ({
  id,
  title,
  text,
  ...(folder !== undefined && { folder }),
  ...(engine !== undefined && { engine }),
});

const start: Action = async ({ argument }, host) => {
  if (argument === undefined) throw learnErrors.folderUnnamed({});
  const folder = resolve(host.cwd, argument);
  layOutProject(folder, STARTER);
  const [first] = EXERCISES;
  if (first) await beginExercise(first, { folder, host, progress: { done: [] } });
  const steps = [`cd ${quoteWord(argument)}`, "npm install", "npx limbeck learn"];
  return {
    data: { folder, exercises: choosePath(EXERCISES, { current: "", done: [] }, host.env).map(summarize), next: steps },
    output: ({ paint }) =>
      `A small project is laid out in ${argument}. It has no database yet.\n\n${steps.map((step) => `    ${paint("command", step)}\n`).join("")}`,
  };
};

/** What is worth typing next. */
function chooseNext({ isSolved, finding }: Examination): readonly string[] {
  if (isSolved) return ["next", "solution"];
  return finding?.name === "serverMissing" ? ["next", "list"] : ["check", "hint"];
}

/** The exercise at hand with its checks. */
async function show(host: LearnHost): Promise<LearnOutcome> {
  const room = enter(host);
  const { exercise, exercises } = room;
  const examination = await checkExercise(room);
  const { progress } = enter(host);
  return {
    data: { ...summarize(exercise), ...examination, done: progress.done },
    output: (look) =>
      [
        renderExercise(exercise, { exercises, progress, look }),
        renderExamination(examination, exercise, look),
        renderNext(chooseNext(examination), look),
      ].join("\n"),
  };
}

const check: Action = async (_, host) => {
  const room = enter(host);
  const examination = await checkExercise(room);
  const { exercise } = room;
  return {
    data: examination,
    exitCode: examination.isSolved ? EXIT_CODES.ok : EXIT_CODES.proofFailed,
    output: (look) =>
      [
        `${look.paint("strong", exercise.title)}\n${renderExamination(examination, exercise, look)}`,
        renderNext(chooseNext(examination), look),
      ].join("\n"),
  };
};

/** The exercise that one has come to, without its checks. */
function arrive(host: LearnHost, { kept }: Pick<Begun, "kept">): LearnOutcome {
  const { exercise, exercises, progress } = enter(host);
  return {
    data: { ...summarize(exercise), ...(kept !== undefined && { kept }) },
    output: (look) =>
      [
        renderExercise(exercise, { exercises, progress, look }),
        ...(kept === undefined ? [] : [renderKept(exercise, kept, look)]),
        renderNext(["check", "hint"], look),
      ].join("\n"),
  };
}

const next: Action = async (_, host) => {
  const gone = await goOn(enter(host));
  if (gone.exercise) return arrive(host, gone);
  const room = enter(host);
  const { leftovers } = gone;
  return { data: { done: room.progress.done }, output: (look) => renderEnd(room, { leftovers, look }) };
};

const go: Action = async ({ argument }, host) => {
  if (argument === undefined) throw learnErrors.exerciseUnnamed({});
  return arrive(host, await goTo(enter(host), argument));
};

const hint: Action = async (_, host) => {
  const room = enter(host);
  const count = takeHint(room);
  return {
    data: { exercise: room.exercise.id, hints: room.exercise.hints.slice(0, count) },
    output: (look) => renderHints(room.exercise, count, look),
  };
};

const back =
  (how: "undo" | "reset", told: string): Action =>
  async (_, host) => {
    const room = enter(host);
    await goBack(room, how);
    return { data: { exercise: room.exercise.id, [how]: true }, output: () => `${told}\n` };
  };

const solution: Action = async ({ show: isWanted }, host) => {
  const { exercise, progress } = enter(host);
  if (!isWanted && !progress.done.includes(exercise.id)) throw learnErrors.solutionEarly({ exercise: exercise.id });
  return {
    data: { exercise: exercise.id, solution: exercise.solution.map(describeStep) },
    output: () => renderSolution(exercise),
  };
};

const list: Action = async (_, host) => {
  const { exercises: path, progress } = enter(host);
  const exercises = path.map((exercise) => ({
    ...summarize(exercise),
    isDone: progress.done.includes(exercise.id),
    isAskedFor: isAskedFor(exercise, host.env),
  }));
  return {
    data: { current: progress.current, exercises },
    output: (look) => renderList(path, { progress, env: host.env, look }),
  };
};

/** The exercise at hand; undefined where nobody can tell. */
function findExercise(host: LearnHost): Exercise | undefined {
  try {
    return enter(host).exercise;
  } catch (error) {
    if (error instanceof LimbeckError && error.reason === "progressBroken") return undefined;
    throw error;
  }
}

const clean: Action = async ({ yes }, host) => {
  const folder = findProject(host.cwd);
  // Databases are found without it: it is only what could be begun anew.
  const exercise = findExercise(host);
  const leftovers = listLeftovers(folder);
  if (leftovers.length > 0 && !yes) {
    if (!host.confirm) throw learnErrors.cleanUnconfirmed({ databases: leftovers });
    const isWanted = await host.confirm(`This drops\n${leftovers.map((name) => `  ${name}`).join("\n")}\nGo on?`);
    if (!isWanted)
      return { data: { databases: [] }, exitCode: EXIT_CODES.declined, output: () => "Nothing was dropped.\n" };
  }
  const databases = await cleanServers({ folder, env: host.env });
  const hasFailed = databases.some(({ state }) => state === "failed");
  return {
    data: { databases },
    exitCode: hasFailed ? EXIT_CODES.usage : EXIT_CODES.ok,
    output: (look) => renderCleaned(databases, exercise, look),
  };
};

const exercisesOn = (engine: Engine): readonly Exercise[] => EXERCISES.filter((one) => engineOf(one) === engine);

const tryExercises: Action = async ({ argument }, host) => {
  const { cwd, env, command } = host;
  const engine = ENGINES.find((one) => one === argument);
  const exercise = EXERCISES.find(({ id }) => id === argument);
  if (argument !== undefined && engine === undefined && !exercise)
    throw learnErrors.unknownExercise({
      exercise: argument,
      action: "dev-check",
      similar: EXERCISES.filter(({ id }) => id.includes(argument)).map(({ id }) => id),
    });
  const needed = engine ?? (exercise && engineOf(exercise));
  // Asked for by its name, a server is not passed over.
  if (needed !== undefined && needed !== "sqlite") await openServer(needed, env);
  const options = { cwd, env, command, starter: STARTER, chosen: exercise?.id };
  const found = await devCheck(engine === undefined ? EXERCISES : exercisesOn(engine), options);
  return {
    data: found,
    exitCode: found.faults.length === 0 ? EXIT_CODES.ok : EXIT_CODES.proofFailed,
    output: (look) => renderDevCheck(found, look),
  };
};

const watchNow: Action = async (_, host) => {
  if (!host.isInteractive) throw learnErrors.needsTerminal({});
  await watch(() => enter(host), host);
  return { data: {}, output: () => "" };
};

const ACTIONS: Readonly<Record<string, Action>> = {
  start,
  watch: watchNow,
  check,
  next,
  go,
  hint,
  undo: back("undo", "Files and database are as they were a step ago."),
  reset: back(
    "reset",
    "Files and database are as they were when the exercise began. To take that back: limbeck learn undo",
  ),
  solution,
  list,
  clean,
  "dev-check": tryExercises,
};

/** Those that take a word of their own behind them. */
const WITH_WORD: ReadonlySet<string> = new Set(["start", "go", "dev-check"]);

/** The action whose name begins like a word. */
const findSimilar = (word: string): string | undefined =>
  Object.keys(ACTIONS).find((name) => name.startsWith(word.slice(0, 2)));

/**
 * Runs what was typed behind `limbeck learn`.
 *
 * @throws LearnError when it cannot be done
 *
 * @example
 * const { output } = await runLearn({ action: "check", argument: undefined, show: false, yes: false }, host);
 */
export async function runLearn(request: LearnRequest, host: LearnHost): Promise<LearnOutcome> {
  refuseOtherDatabases(host);
  const { action } = request;
  if (action === undefined) return host.isInteractive ? watchNow(request, host) : show(host);
  const chosen = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (!chosen) throw learnErrors.unknownAction({ action, similar: findSimilar(action) });
  const { argument } = request;
  if (argument !== undefined && !WITH_WORD.has(action)) throw learnErrors.wordTooMany({ action, word: argument });
  return chosen(request, host);
}
