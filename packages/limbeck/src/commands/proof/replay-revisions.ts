import type { Introspection } from "../../dialect/dialect.ts";
import type { PlanStep } from "../../graph/revision-plan.ts";
import { historyErrors } from "../../kernel/errors/history-errors.ts";
import { blamesRevision } from "../../runtime/trial/blames-revision.ts";
import type { TrialDatabase } from "../../runtime/trial/trial-database.ts";
import type { Environment } from "../environment.ts";
import type { Project } from "../project.ts";
import { loadCrossing } from "../trial/trial-request.ts";
import { reportError } from "../trial/trial-result.ts";
import { prepareTrial } from "../trial/trial-stand.ts";
import { introspectDatabase } from "../with-database.ts";
import { createValueSource } from "./value-source.ts";

/**
 * Runs revisions on a trial database, one after the other.
 *
 * @throws HistoryError when one of them fails
 */
export async function runOnto(database: TrialDatabase, project: Project, steps: readonly PlanStep[]): Promise<void> {
  for (const step of steps) {
    try {
      await database.run((await loadCrossing(step, project)).up);
    } catch (error) {
      if (!blamesRevision(error)) throw error;
      throw historyErrors.startUnreachable({ revision: step.revision, error: reportError(error) }, error);
    }
  }
}

/**
 * What revisions make of an empty database.
 *
 * @throws HistoryError when one of them fails
 */
export async function replayRevisions(
  environment: Environment,
  project: Project,
  steps: readonly PlanStep[],
): Promise<Introspection & { readonly serverVersion: string }> {
  const trial = await prepareTrial({ environment, values: createValueSource() }, await environment.openScratch());
  try {
    await runOnto(trial, project, steps);
    const { connection } = trial;
    return { ...(await introspectDatabase(environment, connection)), serverVersion: connection.serverVersion };
  } finally {
    await trial.close();
  }
}
