import type { Statement } from "../dialect/statement.ts";
import { waitFor } from "../dialect/wait-for.ts";
import { executionErrors } from "../kernel/errors/execution-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { hideSecretsOf } from "../kernel/hide-secrets-of.ts";
import { Interruption } from "./interruption.ts";
import type { RevisionTarget } from "./revision-target.ts";
import { GuardFinding } from "./statement-sink.ts";

/** How long a run waits for other sessions to let go of the database unless it is told otherwise, in milliseconds. */
const TIMEOUT = 10_000;

/** What the statement runs on. */
export type FrameTarget = Pick<RevisionTarget, "dialect" | "connection" | "sink" | "signal" | "onWait" | "lockTimeout">;

/** What a statement belongs to. */
export interface FramedWork {
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade" | "stamp";
}

/**
 * Sends a statement, and waits where another session holds the database.
 *
 * @returns how many rows it changed
 * @throws what the database says, or Interruption when the run is asked to stop meanwhile
 */
export async function sendFrame(
  statement: Statement,
  { dialect, connection, sink, signal, onWait = () => undefined, lockTimeout: timeout = TIMEOUT }: FrameTarget,
): Promise<number> {
  let changed = 0;
  let failure: unknown;
  const attempt = async (): Promise<boolean> => {
    try {
      changed = await sink.run(statement);
      return true;
    } catch (error) {
      failure = error;
      if (dialect.transaction.isBusy?.(error)) return false;
      throw error;
    }
  };
  const tell = (): void => onWait(`another program is using ${connection.description}`);
  const { outcome } = await waitFor(attempt, { timeout, signal, onWait: tell });
  if (outcome === "done") return changed;
  if (outcome === "stopped") throw new Interruption();
  throw failure;
}

/**
 * Runs a statement that frames a revision, and waits where another session holds the database.
 *
 * @returns how many rows it changed
 * @throws ExecutionError (transactionFailed), GuardFinding, or Interruption when the run is asked to stop meanwhile
 */
export async function runFrame(
  statement: Statement,
  target: FrameTarget,
  { revision, direction }: FramedWork,
): Promise<number> {
  try {
    return await sendFrame(statement, target);
  } catch (error) {
    if (error instanceof Interruption || error instanceof GuardFinding || error instanceof LimbeckError) throw error;
    const databaseMessage = hideSecretsOf(statement.sql, target.dialect.describeDatabaseError(error));
    throw executionErrors.transactionFailed(
      { revision, direction, location: "", sql: statement.toldAs ?? statement.sql, databaseMessage },
      error,
    );
  }
}
