import type { Statement } from "../dialect/statement.ts";
import type { Stays } from "../kernel/errors/describe-stays.ts";
import { executionErrors, sayWhatStays } from "../kernel/errors/execution-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { Interruption } from "./interruption.ts";
import type { LoadedStep, RunContext } from "./run-context.ts";
import { runFrame } from "./run-frame.ts";

/** Where the version table says the database stands; undefined where it cannot be asked any more. */
async function readPosition({ versions, connection }: RunContext): Promise<readonly string[] | undefined> {
  try {
    return await versions.readHeads(connection);
  } catch {
    return undefined;
  }
}

/** A commit that the connection was lost with may have happened. */
export async function runCommit(commit: Statement, context: RunContext, { code }: LoadedStep): Promise<void> {
  try {
    await runFrame(commit, context, code);
  } catch (error) {
    const isKnown = !(error instanceof LimbeckError) || error.reason !== "transactionFailed";
    if (isKnown || (await readPosition(context)) !== undefined) throw error;
    const { revision, direction } = code;
    const databaseMessage = context.dialect.describeDatabaseError(error.cause);
    throw executionErrors.commitUnanswered({ revision, direction, location: "", databaseMessage }, error);
  }
}

/** The failure of a revision, with what of it no rollback took back. */
export async function explainKept(
  failure: unknown,
  { isHalfway, ...done }: Pick<Stays, "kept" | "isUnderWay" | "isFixed"> & { readonly isHalfway: boolean },
  { code }: LoadedStep,
  context: RunContext,
): Promise<unknown> {
  if (done.kept.length === 0 && !isHalfway) return failure;
  const standsAt = await readPosition(context);
  if (failure instanceof LimbeckError) return sayWhatStays(failure, { ...done, standsAt });
  if (!(failure instanceof Interruption)) return failure;
  const { revision, direction } = code;
  return executionErrors.interruptedHalfway({ revision, direction, location: "", standsAt: standsAt ?? [], ...done });
}

/** What a person is told who stopped a run. */
export async function explainInterruption(
  { code }: LoadedStep,
  context: RunContext,
  committed: number,
): Promise<Error> {
  const { revision, direction } = code;
  const standsAt = await context.versions.readHeads(context.connection);
  return executionErrors.interrupted({ revision, direction, location: "", standsAt, committed });
}
