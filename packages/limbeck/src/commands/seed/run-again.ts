import { sleep } from "../../dialect/wait-for.ts";
import type { Connection } from "../../dialect/connection.ts";
import { choosePause } from "../../runtime/contention/back-off.ts";
import type { Environment } from "../environment.ts";
import { chooseLimits, chooseTries } from "../limits.ts";

/** Whether it was another session that something failed for. */
function isHindered(error: unknown, { dialect }: Environment): boolean {
  for (let one = error; one instanceof Error; one = one.cause) {
    const reason = dialect.contention?.classify(one);
    if (reason !== undefined) return reason !== "statementTimeout";
  }
  return false;
}

/**
 * Does what is one transaction, and can be done again from its beginning. Its statements give up soon where another session is in the way, and after a pause that grows it
 * is tried again, as a revision is.
 *
 * @throws what the last try fails with
 */
export async function runAgain<Result>(
  environment: Environment,
  connection: Connection,
  work: () => Promise<Result>,
): Promise<Result> {
  const { dialect, config, signal, onEvent } = environment;
  await dialect.contention?.limit(connection, chooseLimits(dialect, config));
  const tries = chooseTries(dialect, config);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= tries || signal?.aborted || !isHindered(error, environment)) throw error;
      const pause = choosePause(attempt, Math.random());
      const again = `tried again in ${(pause / 1000).toFixed(1)} s`;
      onEvent({
        kind: "waiting",
        reason: `another session holds what the seeds need; try ${attempt} of ${tries}, ${again}`,
      });
      await sleep(pause, signal);
    }
  }
}
