import type { PlanStep } from "../../graph/revision-plan.ts";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { TrialFailure, type TrialFinding } from "../../runtime/trial/trial-failure.ts";
import {
  tryRoundTrip,
  type Crossing,
  type RoundTripFindings,
  type RoundTripRows,
} from "../../runtime/trial/try-round-trip.ts";
import type { Environment } from "../environment.ts";
import { loadCrossing, planTrial, type TrialRequest } from "./trial-request.ts";
import {
  makeOutcome,
  reportError,
  reportProblem,
  reportUnusable,
  type Outcome,
  type TrialRefusal,
} from "./trial-result.ts";
import { createTrialStand, type TrialStand } from "./trial-stand.ts";

/** What came of trying revisions on rows that were made for it. */
export interface GeneratedOutcomes {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Revisions that no way leads to, because the upgrade of one below fails. */
  readonly unreachable: ReadonlySet<string>;
}

/** A step of a way, and those that lead to it. */
interface Position {
  readonly before: readonly PlanStep[];
  readonly step: PlanStep;
}

const EVERYTHING: RoundTripRows = { below: true, above: "any" };

/**
 * Rows that a revision may like better, after it has stopped at some: a change that looks at rows before it makes them worse is right to stop. What
 * fails without rows, or at rows that passed it once, fails for good.
 */
function choosePoorerRows(
  rows: RoundTripRows,
  { error, stage, hasRowsFromAbove }: TrialFinding,
): RoundTripRows | undefined {
  if (!error) return undefined;
  if (stage === "upgrade" && rows.below) return { ...rows, below: false };
  if (stage !== "downgrade" || !hasRowsFromAbove) return undefined;
  return { ...rows, above: rows.above === "any" ? "complete" : "none" };
}

function describeFindings({ reordered, unfilled, effects }: RoundTripFindings): readonly string[] {
  return [
    ...new Set([
      ...effects
        .filter(({ kind }) => kind === "added")
        .map(({ table, rows, direction }) => {
          const way = direction === "upgrade" ? "up and down" : "down and up again";
          return `going ${way} leaves ${rows} more ${rows === 1 ? "row" : "rows"} in ${table}`;
        }),
      ...reordered.map((table) => `the columns of ${table} come back in another order`),
      ...unfilled.map(({ table, reason }) => `no row could be made for ${table}: ${reason}`),
    ]),
  ];
}

/** What fails without rows as well has not stopped at any. */
function reportFailure(finding: TrialFinding, refusals: readonly TrialRefusal[]): Partial<Outcome> {
  return {
    problem: reportProblem(finding, "generated"),
    refusals: refusals.filter(({ direction }) => direction !== finding.stage),
  };
}

async function tryCrossing(
  crossing: Crossing,
  { before, step }: Position,
  stand: TrialStand,
  { dialect }: Environment,
): Promise<Outcome> {
  const hasDowngrade = crossing.down !== undefined;
  const refusals: TrialRefusal[] = [];
  let rows = EVERYTHING;
  for (;;) {
    const database = await stand.reach(before);
    try {
      const findings = await tryRoundTrip(crossing, { database, dialect, rows });
      stand.advance(step);
      const effects = findings.effects.map((effect) => ({ ...effect, data: "generated" as const }));
      return makeOutcome({ effects, refusals, notes: describeFindings(findings), hasDowngrade });
    } catch (failure) {
      await stand.discard();
      if (!(failure instanceof TrialFailure)) throw failure;
      const { finding } = failure;
      const poorer = choosePoorerRows(rows, finding);
      if (!poorer) return makeOutcome({ ...reportFailure(finding, refusals), hasDowngrade });
      rows = poorer;
      const direction = finding.stage === "upgrade" ? "upgrade" : "downgrade";
      if (!finding.error || refusals.some((refusal) => refusal.direction === direction)) continue;
      refusals.push({ direction, error: reportError(finding.error) });
    }
  }
}

async function tryStep(
  position: Position,
  stand: TrialStand,
  { environment, project }: TrialRequest,
): Promise<Outcome> {
  try {
    return await tryCrossing(await loadCrossing(position.step, project), position, stand, environment);
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error;
    return makeOutcome({ problem: reportUnusable(error, "generated") });
  }
}

/**
 * Tries revisions one after the other from base on, on a scratch database, with rows that are made for it.
 *
 * Revisions above one whose upgrade fails are left out; those on other branches are tried.
 */
export async function tryGeneratedRows(request: TrialRequest): Promise<GeneratedOutcomes> {
  const { environment, project, selected, onStart } = request;
  const outcomes = new Map<string, Outcome>();
  const unreachable = new Set<string>();
  const stand = createTrialStand(request, environment.openScratch);
  try {
    for (;;) {
      const steps = planTrial(request, [], unreachable);
      const index = steps.findIndex(({ revision }) => selected.has(revision) && !outcomes.has(revision));
      const step = steps[index];
      if (!step) return { outcomes, unreachable: unreachable.difference(outcomes) };
      onStart(step.revision, "generated");
      const start = environment.clock();
      const outcome = await tryStep({ before: steps.slice(0, index), step }, stand, request);
      outcomes.set(step.revision, { ...outcome, milliseconds: environment.clock() - start });
      if (outcome.problem?.stage === "upgrade" && outcome.problem.error) {
        for (const revision of project.graph.descendants([step.revision])) unreachable.add(revision);
      }
    }
  } finally {
    await stand.discard();
  }
}
