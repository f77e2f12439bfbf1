import { blamesRevision } from "../../runtime/trial/blames-revision.ts";
import type { Connection } from "../../dialect/connection.ts";
import type { PlanStep } from "../../graph/revision-plan.ts";
import type { LoadedStep } from "../../runtime/run-context.ts";
import { TrialFailure } from "../../runtime/trial/trial-failure.ts";
import type { TrialDatabase } from "../../runtime/trial/trial-database.ts";
import { tryRoundTrip, tryWayBack, type RowEffect } from "../../runtime/trial/try-round-trip.ts";
import { openCopyOf } from "../with-database.ts";
import { loadCrossing, planTrial, type TrialRequest } from "./trial-request.ts";
import { makeOutcome, reportProblem, reportUnusable, type Outcome } from "./trial-result.ts";
import { createTrialStand } from "./trial-stand.ts";

/** The rows that are there, and no others. */
const AS_THEY_ARE = { below: "none", above: "none" } as const;

type Outcomes = Map<string, Outcome>;

/** What came of one trial, or why the revision cannot pass it. */
async function judgeAttempt(attempt: () => Promise<readonly RowEffect[]>): Promise<Outcome> {
  try {
    const effects = await attempt();
    return makeOutcome({ effects: effects.map((effect) => ({ ...effect, data: "real" as const })) });
  } catch (error) {
    if (error instanceof TrialFailure) return makeOutcome({ problem: reportProblem(error.finding, "real") });
    if (blamesRevision(error)) return makeOutcome({ problem: reportUnusable(error, "real") });
    throw error;
  }
}

async function measure({ environment }: TrialRequest, attempt: () => Promise<readonly RowEffect[]>): Promise<Outcome> {
  const start = environment.clock();
  const outcome = await judgeAttempt(attempt);
  return { ...outcome, milliseconds: environment.clock() - start };
}

const note = (text: string): Outcome => makeOutcome({ notes: [text] });

/** Tries the pending revisions upwards from where the database stands. */
async function tryPending(
  request: TrialRequest,
  heads: readonly string[],
  openCopy: () => Promise<Connection>,
): Promise<Outcomes> {
  const { environment, project, selected, onStart } = request;
  const outcomes: Outcomes = new Map();
  const stand = createTrialStand(request, openCopy);
  const { steps } = planTrial(request, heads);
  try {
    for (const [index, step] of steps.entries()) {
      if (!selected.has(step.revision)) continue;
      onStart(step.revision, "real");
      const outcome = await measure(request, async () => {
        const database = await stand.reach(steps.slice(0, index));
        const crossing = await loadCrossing(step, project);
        const { effects } = await tryRoundTrip(crossing, { database, dialect: environment.dialect, rows: AS_THEY_ARE });
        stand.advance(step);
        return effects;
      });
      outcomes.set(step.revision, outcome);
      if (!outcome.problem) continue;
      await stand.discard();
      if (outcome.problem.stage !== "upgrade") continue;
      const rest = steps.slice(index + 1).filter(({ revision }) => selected.has(revision));
      for (const { revision } of rest)
        outcomes.set(revision, note(`not tried on the real rows, because ${step.revision} stops at them`));
      break;
    }
  } finally {
    await stand.close();
  }
  return outcomes;
}

/** Takes one applied revision down and up, and down for good, so that the one below can be tried. */
async function tryApplied(
  { up, down }: { readonly up: LoadedStep; readonly down: LoadedStep },
  database: TrialDatabase,
  request: TrialRequest,
): Promise<Outcome> {
  const { dialect } = request.environment;
  const outcome = await measure(request, () =>
    tryWayBack({ up, down }, { database, dialect, hasRowsFromAbove: false }),
  );
  if (!outcome.problem) await database.run(down);
  return outcome;
}

async function walkDown(request: TrialRequest, steps: readonly PlanStep[], database: TrialDatabase): Promise<Outcomes> {
  const { project, selected, onStart } = request;
  const outcomes: Outcomes = new Map();
  let obstacle: string | undefined;
  for (const step of steps) {
    const { revision } = step;
    const isSelected = selected.has(revision);
    if (obstacle !== undefined) {
      if (isSelected) outcomes.set(revision, note(`not tried on the real rows, because ${obstacle}`));
      continue;
    }
    const { up, down } = await loadCrossing(step, project);
    if (!down) {
      obstacle = `${revision} has no downgrade`;
    } else if (isSelected) {
      onStart(revision, "real");
      const outcome = await tryApplied({ up, down }, database, request);
      outcomes.set(revision, outcome);
      if (outcome.problem) obstacle = `${revision} cannot be taken back`;
    } else {
      await database.run(down);
    }
  }
  return outcomes;
}

/** Tries the applied revisions downwards from where the database stands. */
async function tryAppliedOnes(
  request: TrialRequest,
  heads: readonly string[],
  openCopy: () => Promise<Connection>,
): Promise<Outcomes> {
  const { graph } = request.project;
  const { steps } = graph.planDowngrade(heads, "base");
  const lowest = steps.findLastIndex(({ revision }) => request.selected.has(revision));
  if (lowest === -1) return new Map();
  const stand = createTrialStand(request, openCopy);
  try {
    return await walkDown(request, steps.slice(0, lowest + 1), await stand.reach([]));
  } finally {
    await stand.close();
  }
}

/**
 * Tries revisions on copies of the configured database: those that are pending upwards from where it stands, those that are applied
 * downwards. The database itself is only read.
 *
 * @param original stands at revisions that there are files of
 */
export async function tryRealRows(request: TrialRequest, original: Connection): Promise<ReadonlyMap<string, Outcome>> {
  const { versions } = request.environment;
  const heads = await versions.readHeads(original);
  const openCopy = (): Promise<Connection> => openCopyOf(original, request.environment);
  const pending = await tryPending(request, heads, openCopy);
  const applied = await tryAppliedOnes(request, heads, openCopy);
  return new Map([...applied, ...pending]);
}
