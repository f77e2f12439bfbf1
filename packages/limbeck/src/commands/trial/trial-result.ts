import type { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import type { RowEffect } from "../../runtime/trial/try-round-trip.ts";
import type { TrialFinding, TrialStage } from "../../runtime/trial/trial-failure.ts";

/** Whose rows were in the tables. */
export type TrialData = "generated" | "real";

/** An error as data. */
export type ErrorReport = Pick<LimbeckError, "code" | "reason" | "title" | "why" | "fix">;

/** What keeps a revision from working. */
export interface TrialProblem {
  /** What was going on. */
  readonly stage: TrialStage;
  readonly data: TrialData;
  /** What it failed with; absent when it ran and led elsewhere than it should. */
  readonly error?: ErrorReport;
  /** What is not as it should be afterwards. */
  readonly differences: readonly string[];
}

/** Rows that a revision stops at instead of losing or damaging them. */
export interface TrialRefusal {
  readonly direction: "upgrade" | "downgrade";
  readonly error: ErrorReport;
}

/** What a revision does to rows, and whose rows they were. */
export interface TrialEffect extends RowEffect {
  readonly data: TrialData;
}

/** What a revision turned out to be; the first that applies, from the worst on. */
export type Verdict =
  /** It fails, or does not lead where it should. */
  | "broken"
  /** It builds on a revision whose upgrade fails. */
  | "notReached"
  /** It has no downgrade. */
  | "irreversible"
  /** Rows or values that are not there after going down and up, or up and down. */
  | "losesData"
  /** The schema is as it should be; what becomes of rows was not found out, because no row could be made for a table that it has to do with. */
  | "untried"
  /** Up, down and up again give the same schema and the same rows. */
  | "reversible";

/** One revision, tried. */
export interface TestedRevision {
  readonly revision: string;
  readonly message: string;
  /** Absolute path of its file. */
  readonly path: string;
  readonly verdict: Verdict;
  /** What keeps it from working; empty unless it is broken. */
  readonly problems: readonly TrialProblem[];
  /** What it destroys, measured. */
  readonly losses: readonly TrialEffect[];
  /** Tables that it has to do with, and that no row could be made for. */
  readonly untried: readonly string[];
  /** Generated rows that it stopped at, which is no fault as long as others pass. */
  readonly refusals: readonly TrialRefusal[];
  /** What else is worth knowing. */
  readonly notes: readonly string[];
  readonly milliseconds: number;
}

/** What was found out about a revision on rows of one kind. */
export interface Outcome {
  readonly problem?: TrialProblem;
  readonly effects: readonly TrialEffect[];
  readonly refusals: readonly TrialRefusal[];
  readonly notes: readonly string[];
  /** See {@link TestedRevision}. */
  readonly untried: readonly string[];
  readonly hasDowngrade: boolean;
  readonly milliseconds: number;
}

/** An error as data, for programs and for those who put it into words. */
export function reportError({ code, reason, title, why, fix }: LimbeckError): ErrorReport {
  return { code, reason, title, why, fix };
}

/** A finding of a trial as data. */
export function reportProblem({ stage, error, differences }: TrialFinding, data: TrialData): TrialProblem {
  return { stage, data, differences, ...(error && { error: reportError(error) }) };
}

/** What is known of a revision, with nothing where nothing was found. */
export function makeOutcome(found: Partial<Outcome>): Outcome {
  return { effects: [], refusals: [], notes: [], untried: [], hasDowngrade: true, milliseconds: 0, ...found };
}

/** A revision that cannot even be begun: its file cannot be loaded, or what it builds on cannot be run. */
export function reportUnusable(error: LimbeckError, data: TrialData): TrialProblem {
  return reportProblem({ stage: "upgrade", hasRowsFromAbove: false, error, differences: [] }, data);
}
