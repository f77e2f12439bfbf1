import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { compareStops } from "../../runtime/trial/trial-stop.ts";
import { loadCrossing, planTrial, type TrialRequest } from "./trial-request.ts";
import { reportError, type ErrorReport } from "./trial-result.ts";
import { createTrialStand } from "./trial-stand.ts";

/** What came of upgrading an empty database in one go, and then once more. */
export interface SecondUpgrade {
  readonly verdict:
    | "nothingToDo"
    /** It runs something, or leaves another schema. */
    | "changes"
    /** Already the first one fails. */
    | "fails"
    /** Some revision's upgrade fails by itself. */
    | "notReached";
  /** What is not as it should be afterwards. */
  readonly differences: readonly string[];
  readonly error?: ErrorReport;
}

/** Upgrades an empty database to the tested revisions, twice. */
export async function tryUpgradeTwice(request: TrialRequest): Promise<SecondUpgrade> {
  const stand = createTrialStand(request, request.environment.openScratch);
  try {
    const database = await stand.reach(planTrial(request, []));
    const first = await database.look();
    const again = planTrial(request, await database.readHeads());
    for (const step of again) await database.run((await loadCrossing(step, request.project)).up);
    const ran = again.map(({ revision }) => `the second upgrade runs ${revision}`);
    const differences = [...ran, ...compareStops(await database.look(), first, request.environment.dialect)];
    return { verdict: differences.length > 0 ? "changes" : "nothingToDo", differences };
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error;
    return { verdict: "fails", differences: [], error: reportError(error) };
  } finally {
    await stand.discard();
  }
}
