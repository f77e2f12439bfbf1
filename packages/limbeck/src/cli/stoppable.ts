import { commandErrors } from "../kernel/errors/command-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import type { RunHooks, Session } from "./session.ts";

/**
 * Runs a command that tries revisions on scratch databases before it writes anything, and lets it be stopped.
 *
 * @throws CommandError (stopped) when it was; the scratch databases are gone then
 */
export function stoppable<Result>({ world }: Session, run: (hooks: RunHooks) => Promise<Result>): Promise<Result> {
  return world.interruptible(async (signal) => {
    try {
      return await run({ signal });
    } catch (error) {
      // What a trial says of a database is of no interest: it was a scratch database.
      if (error instanceof LimbeckError && error.reason === "interrupted") throw commandErrors.stopped({}, error);
      throw error;
    }
  });
}
