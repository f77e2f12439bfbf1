import { describeRunFailure } from "../../kernel/errors/run-failure.ts";
import type { Environment } from "../environment.ts";
import type { Project } from "../project.ts";
import { tryGeneratedRows } from "../trial/try-generated-rows.ts";
import type { Outcome, TrialProblem } from "../trial/trial-result.ts";
import { createValueSource } from "./value-source.ts";

/** A revision that does not go up, down and up. */
export interface RoundTripFailure {
  readonly revision: string;
  readonly message: string;
}

const GOALS = {
  upgrade: "to what it should",
  downgrade: "back to what was there before its upgrade",
  "second upgrade": "to what its first upgrade led to",
} as const;

/** What a stage should have led to, when it led elsewhere. */
const describeProblem = ({ stage, error, differences }: TrialProblem): string =>
  error
    ? `Its ${stage} fails: ${describeRunFailure(error)}`
    : [
        `Its ${stage} does not lead ${GOALS[stage]}. Still to do after it:`,
        ...differences.map((line) => `  ${line}`),
      ].join("\n");

/** What is to be run. */
export interface RoundTripRequest {
  readonly environment: Environment;
  /** May hold files that are not written yet. */
  readonly project: Project;
  readonly revisions: readonly string[];
}

/**
 * Runs revisions up, down and up on scratch databases, as `limbeck test` does.
 *
 * @returns those that do not pass, in the order in which they run; one that cannot be reached counts
 */
export async function proveRoundTrips({
  environment,
  project,
  revisions,
}: RoundTripRequest): Promise<readonly RoundTripFailure[]> {
  const selected = new Set(revisions);
  const request = { environment, project, selected, values: createValueSource(), onStart: () => undefined };
  const { outcomes } = await tryGeneratedRows(request);
  const describe = (outcome: Outcome | undefined): string | undefined => {
    if (!outcome) return "What it builds on cannot be run.";
    return outcome.problem && describeProblem(outcome.problem);
  };
  return revisions.flatMap((revision) => {
    const message = describe(outcomes.get(revision));
    return message === undefined ? [] : { revision, message };
  });
}
