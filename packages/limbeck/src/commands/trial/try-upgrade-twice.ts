import { blamesRevision } from "../../runtime/trial/blames-revision.ts";
import type { Planner } from "../migrate.ts";
import { runPlan } from "../migrate.ts";
import { compareStops, type TrialStop } from "../../runtime/trial/trial-stop.ts";
import { planTrial, type TrialRequest } from "./trial-request.ts";
import { reportError, type ErrorReport } from "./trial-result.ts";
import { prepareTrial } from "./trial-stand.ts";

/** What came of upgrading an empty database in one run, and then once more. */
export interface SecondUpgrade {
  readonly verdict:
    | "nothingToDo"
    /** One run of all revisions leads elsewhere than one run for each. */
    | "leadsElsewhere"
    /** The second upgrade runs something, or leaves another schema. */
    | "changes"
    /** Already the first one fails. */
    | "fails"
    /** Some revision's upgrade fails by itself. */
    | "notReached";
  /** What is not as it should be afterwards. */
  readonly differences: readonly string[];
  readonly error?: ErrorReport;
}

/**
 * Upgrades an empty database to the tested revisions as `upgrade` does it, twice.
 *
 * @param expected where the revisions led one by one, if that is known
 */
export async function tryUpgradeTwice(request: TrialRequest, expected: TrialStop | undefined): Promise<SecondUpgrade> {
  const { project } = request;
  const environment = { ...request.environment, onEvent: () => undefined };
  const planner: Planner = (_project, current) => planTrial(request, current);
  const connection = await environment.openScratch();
  const look = async (): Promise<TrialStop> => (await prepareTrial(request, connection)).look();
  try {
    await runPlan(environment, connection, { project, planner, isTrial: true });
    const first = await look();
    const elsewhere = expected ? compareStops(first, expected, environment.dialect) : [];
    if (elsewhere.length > 0) return { verdict: "leadsElsewhere", differences: elsewhere };
    const { steps } = await runPlan(environment, connection, { project, planner, isTrial: true });
    const ran = steps.map(({ revision }) => `the second upgrade runs ${revision}`);
    const differences = [...ran, ...compareStops(await look(), first, environment.dialect)];
    return { verdict: differences.length > 0 ? "changes" : "nothingToDo", differences };
  } catch (error) {
    if (!blamesRevision(error)) throw error;
    return { verdict: "fails", differences: [], error: reportError(error) };
  } finally {
    await connection.close();
  }
}
