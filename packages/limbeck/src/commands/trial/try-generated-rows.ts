import { blamesRevision } from "../../runtime/trial/blames-revision.ts";
import type { PlanStep } from "../../graph/revision-plan.ts";
import type { UnfilledTable } from "../../runtime/rows/fill-tables.ts";
import { TrialFailure, type TrialFinding } from "../../runtime/trial/trial-failure.ts";
import type { TrialStop } from "../../runtime/trial/trial-stop.ts";
import {
  tryRoundTrip,
  type Crossing,
  type RoundTripFindings,
  type RoundTripRows,
  type RowChoice,
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
  /** Whether all of them can be passed. */
  readonly isPassable: boolean;
  /** Where they lead one by one; absent where that cannot be found out. */
  readonly end?: TrialStop;
}

/** A step of a way, and those that lead to it. */
interface Position {
  readonly before: readonly PlanStep[];
  readonly step: PlanStep;
}

const EVERYTHING: RoundTripRows = { below: "any", above: "any" };

/**
 * Rows that a revision may like better, after it has stopped at some: a change that looks at rows before it makes them worse is right to stop. What
 * fails without rows, or at ordinary rows that passed it once, fails for good.
 */
function choosePoorerRows(
  rows: RoundTripRows,
  { error, stage, hasRowsFromAbove }: TrialFinding,
): RoundTripRows | undefined {
  if (!error) return undefined;
  if (hasRowsFromAbove)
    return stage === "downgrade" ? poorer(rows, "above", ["plain", "complete", "former", "none"]) : undefined;
  return poorer(rows, "below", stage === "upgrade" ? ["plain", "none"] : ["plain"]);
}

function poorer(
  rows: RoundTripRows,
  where: keyof RoundTripRows,
  choices: readonly RowChoice[],
): RoundTripRows | undefined {
  const order: readonly RowChoice[] = ["any", ...choices];
  const position = order.indexOf(rows[where]);
  const next = position < 0 ? undefined : order[position + 1];
  return next && { ...rows, [where]: next };
}

/** What nothing is known of, because the engine does not give out its rows. */
function describeUnread(unread: readonly UnfilledTable[]): readonly string[] {
  return unread.map(({ table, reason }) => `the rows of ${table} were not compared: ${reason}`);
}

function describeFindings({ reordered, unfilled, unread, effects }: RoundTripFindings): readonly string[] {
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
      ...describeUnread(unread),
    ]),
  ];
}

/** Said of a first revision that does not run on an empty database. */
const ADOPTED =
  "no revision creates what is there before this one: where a database was there before its revisions, let the first one create what it held";

/** What fails without rows as well has not stopped at any. */
function reportFailure(finding: TrialFinding, refusals: readonly TrialRefusal[], isFirst: boolean): Partial<Outcome> {
  return {
    problem: reportProblem(finding, "generated"),
    notes: isFirst && finding.stage === "upgrade" && finding.error ? [ADOPTED] : [],
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
      return makeOutcome({
        effects,
        refusals,
        notes: describeFindings(findings),
        untried: findings.untried,
        hasDowngrade,
      });
    } catch (failure) {
      await stand.discard();
      if (!(failure instanceof TrialFailure)) throw failure;
      const { finding } = failure;
      const next = choosePoorerRows(rows, finding);
      if (!next) return makeOutcome({ ...reportFailure(finding, refusals, before.length === 0), hasDowngrade });
      const isOdd = finding.hasRowsFromAbove ? rows.above === "any" : rows.below === "any";
      rows = next;
      const direction = finding.stage === "upgrade" ? "upgrade" : "downgrade";
      // To stop at values that have no business in a column is what a revision ought to do.
      if (isOdd) continue;
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
    if (!blamesRevision(error)) throw error;
    return makeOutcome({ problem: reportUnusable(error, "generated") });
  }
}

/** Where a way ends; undefined where the database cannot be brought there. */
async function findEnd(stand: TrialStand, steps: readonly PlanStep[]): Promise<TrialStop | undefined> {
  try {
    return await (await stand.reach(steps)).look();
  } catch (error) {
    if (blamesRevision(error)) return undefined;
    throw error;
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
  let { steps } = planTrial(request, []);
  try {
    for (let index = 0; index < steps.length; index += 1) {
      const step = steps[index];
      if (!step || !selected.has(step.revision) || outcomes.has(step.revision)) continue;
      onStart(step.revision, "generated");
      const start = environment.clock();
      const outcome = await tryStep({ before: steps.slice(0, index), step }, stand, request);
      outcomes.set(step.revision, { ...outcome, milliseconds: environment.clock() - start });
      if (outcome.problem?.stage !== "upgrade" || !outcome.problem.error) continue;
      for (const revision of project.graph.descendants([step.revision])) unreachable.add(revision);
      ({ steps } = planTrial(request, [], unreachable));
      // What is left out may stand anywhere.
      index = -1;
    }
    const isPassable = unreachable.size === 0;
    const end = isPassable ? await findEnd(stand, steps) : undefined;
    return { outcomes, isPassable, ...(end && { end }) };
  } finally {
    await stand.close();
  }
}
