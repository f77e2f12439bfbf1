import { commandErrors } from "../kernel/errors/command-errors.ts";
import type { Environment } from "./environment.ts";
import { loadSteps } from "./load-steps.ts";
import { requireName, type LossAnswers } from "./losses/consent.ts";
import { runPlan, type MigrateResult, type Planner } from "./migrate.ts";
import { readProject } from "./project.ts";
import { readDatabase, withLock, withLocked } from "./with-database.ts";

/** What `reset` is told. */
export interface ResetOptions extends Pick<LossAnswers, "confirm" | "askName"> {
  /** The caller has agreed to lose every row. */
  readonly confirmed: boolean;
}

const planAll: Planner = (project, current) => project.graph.planUpgrade(current, "heads");

/**
 * Erases the database and runs every revision on an empty one. What can be found wrong beforehand stops it before anything is erased: files that
 * do not load, and a file that is no database.
 *
 * @throws CommandError when nobody agreed to lose the data
 */
export async function reset(environment: Environment, { confirmed, ...answers }: ResetOptions): Promise<MigrateResult> {
  const { dialect, config, versions } = environment;
  if (!confirmed) {
    const consequence = `erases everything in ${dialect.redactUrl(config.url)}`;
    throw commandErrors.consentMissing({ command: "reset", consequence, flag: "--yes" });
  }
  await requireName(environment, "reset", [`everything in ${dialect.redactUrl(config.url)}`], answers);
  const project = readProject(environment);
  await loadSteps(planAll(project, []).steps, project);
  return withLock(environment, async (lock) => {
    await readDatabase(environment, (connection) => versions.readHeads(connection));
    await lock.erase();
    return withLocked(environment, lock, (connection) =>
      runPlan(environment, connection, { project, planner: planAll, connectBeside: lock.connectBeside }),
    );
  });
}
