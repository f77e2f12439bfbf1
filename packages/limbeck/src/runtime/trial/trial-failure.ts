import type { LimbeckError } from "../../kernel/errors/limbeck-error.ts";

/** Where on its way up, down and up a revision was. */
export type TrialStage = "upgrade" | "downgrade" | "second upgrade";

/** How a trial of a revision failed. */
export interface TrialFinding {
  readonly stage: TrialStage;
  /** Whether rows were in the tables that were made after the first upgrade. */
  readonly hasRowsFromAbove: boolean;
  /** What the run failed with; absent when it ran and led elsewhere. */
  readonly error?: LimbeckError;
  /** What is not as it should be after the run. */
  readonly differences: readonly string[];
}

/** Thrown when a revision does not pass its trial; whoever tries it knows what it means. */
export class TrialFailure extends Error {
  override readonly name: string = "TrialFailure";
  readonly finding: TrialFinding;

  constructor(finding: TrialFinding) {
    super(finding.error?.message ?? finding.differences.join("\n"));
    this.finding = finding;
  }
}
