import type { Connection } from "../../dialect/connection.ts";
import type { PlanStep } from "../../graph/revision-plan.ts";
import { createConnectionSink } from "../../runtime/statement-sink.ts";
import type { RunContext } from "../../runtime/run-steps.ts";
import { createTrialDatabase, type TrialDatabase } from "../../runtime/trial/trial-database.ts";
import { createRunContext } from "../run-context.ts";
import { loadCrossing, type TrialRequest } from "./trial-request.ts";

/** A throw-away database that stands at some point of a way; when it is spoilt, another one is brought there. */
export interface TrialStand {
  /** The database after some steps: the one at hand if it stands there, else a new one. */
  readonly reach: (steps: readonly PlanStep[]) => Promise<TrialDatabase>;
  /** Takes note that the database went one step further. */
  readonly advance: (step: PlanStep) => void;
  /** Throws the database away. */
  readonly discard: () => Promise<void>;
}

/**
 * Makes a trial database of a connection, with a version table.
 *
 * @param onEvent hears what runs on it; default: nobody does, because the progress of a test is told revision by revision, however often each one runs
 */
export async function prepareTrial(
  { environment, values }: Pick<TrialRequest, "environment" | "values">,
  connection: Connection,
  onEvent: RunContext["onEvent"] = () => undefined,
): Promise<TrialDatabase> {
  const { dialect, versions, config } = environment;
  if (!(await dialect.hasTable(connection, config.versionTable))) {
    const sink = createConnectionSink(connection);
    for (const statement of versions.createTable(connection.serverVersion)) await sink.run(statement);
  }
  const context = { ...createRunContext(environment, connection), onEvent };
  return createTrialDatabase(context, values);
}

/**
 * Makes a stand.
 *
 * @param open gives a database at the beginning of the way
 */
export function createTrialStand(
  request: Pick<TrialRequest, "environment" | "project" | "values">,
  open: () => Promise<Connection>,
): TrialStand {
  let database: TrialDatabase | undefined;
  let passed: readonly string[] = [];
  const discard = async (): Promise<void> => {
    const old = database;
    database = undefined;
    await old?.close();
  };
  return {
    discard,
    async reach(steps) {
      const ids = steps.map(({ revision }) => revision);
      if (database && ids.join() === passed.join()) return database;
      await discard();
      const fresh = await prepareTrial(request, await open());
      database = fresh;
      for (const step of steps) await fresh.run((await loadCrossing(step, request.project)).up);
      passed = ids;
      return fresh;
    },
    advance: ({ revision }) => {
      passed = [...passed, revision];
    },
  };
}
