import type { Connection } from "../../dialect/connection.ts";
import type { PlanStep } from "../../graph/revision-plan.ts";
import { historyErrors } from "../../kernel/errors/history-errors.ts";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import type { UnfilledTable } from "../../runtime/rows/fill-tables.ts";
import { createRandom } from "../../runtime/rows/random.ts";
import type { RunContext } from "../../runtime/run-steps.ts";
import type { TrialDatabase, ValueSource } from "../../runtime/trial/trial-database.ts";
import type { RowChoice } from "../../runtime/trial/try-round-trip.ts";
import type { Environment } from "../environment.ts";
import type { Project } from "../project.ts";
import { loadCrossing } from "../trial/trial-request.ts";
import { reportError } from "../trial/trial-result.ts";
import { prepareTrial } from "../trial/trial-stand.ts";
import { openCopyOf, openScratchLike } from "../with-database.ts";

/** Databases that all begin at the same place of the history with the same rows. */
export interface ProvingGround {
  /** Tables that no row could be made for. */
  readonly unfilled: readonly UnfilledTable[];
  /**
   * Runs `use` on a database of its own, which is thrown away afterwards.
   *
   * @param onEvent hears what runs there
   */
  readonly on: <Result>(
    use: (database: TrialDatabase) => Promise<Result>,
    onEvent?: RunContext["onEvent"],
  ) => Promise<Result>;
}

/** Where the databases of a proving ground begin. */
export interface GroundRequest {
  readonly environment: Environment;
  readonly project: Project;
  /** What has run on them. */
  readonly before: readonly PlanStep[];
  /** What rows their tables have. */
  readonly rows: RowChoice;
}

/** The same values at each call. */
export function createValueSource(): ValueSource {
  let serial = 0;
  return { random: createRandom(1), nextSerial: () => (serial += 1) };
}

async function withConnection<Result>(
  open: () => Promise<Connection>,
  use: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await open();
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

async function runBefore({ before, project }: GroundRequest, database: TrialDatabase): Promise<void> {
  for (const step of before) {
    try {
      await database.run((await loadCrossing(step, project)).up);
    } catch (error) {
      if (!(error instanceof LimbeckError)) throw error;
      throw historyErrors.startUnreachable({ revision: step.revision, error: reportError(error) }, error);
    }
  }
}

/**
 * Brings a scratch database to a place of the history, puts rows into it, and hands out copies. Nothing of it is left afterwards.
 *
 * @throws HistoryError when a revision on the way there fails
 */
export async function withProvingGround<Result>(
  request: GroundRequest,
  use: (ground: ProvingGround) => Promise<Result>,
): Promise<Result> {
  const { environment, rows } = request;
  const values = createValueSource();
  return withConnection(
    () => openScratchLike(environment),
    async (connection) => {
      const start = await prepareTrial({ environment, values }, connection);
      await runBefore(request, start);
      const unfilled = rows === "none" ? [] : await start.fill(await start.look(), { isComplete: rows === "complete" });
      return use({
        unfilled,
        on: (work, onEvent) =>
          withConnection(
            () => openCopyOf(connection, environment),
            async (copy) => work(await prepareTrial({ environment, values }, copy, onEvent)),
          ),
      });
    },
  );
}

/** Which tables nothing could be proven of with rows. */
export const describeUnfilled = ({ unfilled }: ProvingGround): readonly string[] =>
  unfilled.map(({ table, reason }) => `no row could be made for ${table}: ${reason}`);
