import { learnErrors } from "limbeck/commands";
import { isNamed } from "./engine.ts";
import type { Exercise } from "./exercise.ts";
import type { Progress } from "./progress.ts";
import { openServer } from "./servers/open-server.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** The number that an exercise begins with; variants of one lab on several servers have the same. */
const numberOf = ({ id }: Exercise): string => id.slice(0, 2);

/** Whether the environment names all that an exercise needs. */
export const isAskedFor = ({ engine }: Exercise, env: Env): boolean => engine === undefined || isNamed(engine, env);

/** Chooses one exercise of each number: the one at hand, or one that is done, or the first whose server is named. */
export function choosePath(
  all: readonly Exercise[],
  { current, done }: Pick<Progress, "current" | "done">,
  env: Env,
): readonly Exercise[] {
  return [...Map.groupBy(all, numberOf).values()].flatMap((variants) => {
    const chosen =
      variants.find(({ id }) => id === current) ??
      variants.find(({ id }) => done.includes(id)) ??
      variants.find((one) => isAskedFor(one, env)) ??
      variants[0];
    return chosen ? [chosen] : [];
  });
}

/**
 * Finds an exercise by its id, or by a part of it; among the variants of a lab, the one on the path.
 *
 * @throws LearnError when there is none, or more than one
 */
export function findNamed(
  { all, exercises: path }: { readonly all: readonly Exercise[]; readonly exercises: readonly Exercise[] },
  words: string,
): Exercise {
  const exact = all.find(({ id }) => id === words);
  if (exact) return exact;
  const number = /^\d+$/.test(words) ? words.padStart(2, "0") : undefined;
  const similar = all.filter((one) => (number === undefined ? one.id.includes(words) : numberOf(one) === number));
  const likely = similar.length > 1 ? similar.filter((one) => path.includes(one)) : similar;
  const [found, second] = likely;
  if (!found || second)
    throw learnErrors.unknownExercise({ exercise: words, action: "go", similar: likely.map(({ id }) => id) });
  return found;
}

async function isPossible({ engine }: Exercise, env: Env): Promise<boolean> {
  if (engine === undefined) return true;
  return openServer(engine, env).then(
    () => true,
    () => false,
  );
}

/**
 * The exercise behind one, past those that are done or whose server is missing; at the end, one that was passed over and is possible by now, or that was left.
 *
 * @param path one exercise of each number, in their order
 */
export async function findNext(
  exercise: Exercise,
  path: readonly Exercise[],
  { done, env }: { readonly done: readonly string[]; readonly env: Env },
): Promise<Exercise | undefined> {
  const at = path.findIndex(({ id }) => id === exercise.id);
  const inTurn = [...path.slice(at + 1), ...path.slice(0, Math.max(at, 0))];
  for (const one of inTurn) if (!done.includes(one.id) && (await isPossible(one, env))) return one;
  return undefined;
}
