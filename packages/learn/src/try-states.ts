import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { Limit } from "./limit.ts";
import { runSteps, type StepPlace } from "./run-step.ts";
import type { Step } from "./step.ts";

/** A state that steps lead to. */
export interface StepState {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** What came of the steps: the folder that they were done in, or why they could not be done. */
export type Reached = { readonly folder: string } | { readonly problem: string };

interface Branch<State> {
  readonly state: State;
  readonly left: readonly Step[];
}

/** How states are reached. */
export interface Journey {
  /** Where copies of the folder are made. */
  readonly root: string;
  readonly place: Omit<StepPlace, "folder">;
  /** The folder of the exercise inside the project. */
  readonly inside: string;
  /** Copies a folder with all that belongs to it. */
  readonly copy: (from: string, to: string) => Promise<void>;
  readonly limit: Limit;
}

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return "why" in error ? `${error.message} ${String(error.why)}` : error.message;
};

/**
 * Leads to several states, and does what they have in common once.
 *
 * @param folder where all of them begin; it becomes the folder of a state that needs no step
 * @param onReached looks at a state, and leaves the folder as it is
 */
export async function tryStates<State extends StepState>(
  states: readonly State[],
  { folder, journey }: { readonly folder: string; readonly journey: Journey },
  onReached: (state: State, reached: Reached) => Promise<void>,
): Promise<void> {
  const { root, place, inside, copy, limit } = journey;

  async function follow(branches: readonly Branch<State>[], at: string): Promise<void> {
    for (const { state, left } of branches) if (left.length === 0) await limit(() => onReached(state, { folder: at }));
    const going = branches.filter(({ left }) => left.length > 0);
    const groups = [...Map.groupBy(going, ({ left }) => JSON.stringify(left[0])).values()];
    await Promise.all(groups.map((group) => take(group, at)));
  }

  async function take(group: readonly Branch<State>[], from: string): Promise<void> {
    const next = group.map(({ state, left }) => ({ state, left: left.slice(1) }));
    const to = mkdtempSync(join(root, "state-"));
    try {
      await copy(from, to);
      const steps = group.flatMap(({ left }) => left.slice(0, 1)).slice(0, 1);
      await limit(() => runSteps(steps, { ...place, folder: join(to, inside) }));
    } catch (error) {
      for (const { state } of next) await onReached(state, { problem: explain(error) });
      return;
    }
    await follow(next, to);
  }

  await follow(
    states.map((state) => ({ state, left: state.steps })),
    folder,
  );
}
