import type { ServerNotice } from "../dialect/dialect.ts";
import type { Statement } from "../dialect/statement.ts";
import { executionErrors, sayWhatStays } from "../kernel/errors/execution-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import type { PlanStep } from "../graph/revision-plan.ts";
import type { Operation } from "../ops/operation.ts";
import { createPulse, heed, Interruption } from "./interruption.ts";
import { refuseVersionTable } from "./refuse-version-table.ts";
import type { RevisionFunction, RevisionTarget } from "./revision-target.ts";
import { combineWatches, type RevisionWatch } from "./revision-watch.ts";
import { runFrame } from "./run-frame.ts";
import { runRevisionFunction } from "./run-revision.ts";
import { createObjectWatch } from "./watch-objects.ts";
import { watchBelongings } from "./watch-belongings.ts";
import { watchCommits } from "./watch-commits.ts";
import { watchReferences } from "./watch-references.ts";
import { watchSession, type SessionWatch } from "./watch-session.ts";
import type { SchemaTracker } from "./schema-tracker.ts";
import { moveVersionRows, requireVersionRows, type VersionStore } from "./version-store.ts";

/** A step of a plan with the code that carries it out. */
export interface LoadedStep extends PlanStep {
  readonly code: RevisionFunction;
  /** One line about the revision, for people. */
  readonly message: string;
}

/** What a run tells while it goes on. */
export type RunEvent =
  | { readonly kind: "stepStarted"; readonly step: LoadedStep }
  | { readonly kind: "operation"; readonly step: LoadedStep; readonly operation: Operation }
  /** Rows are read. */
  | { readonly kind: "query"; readonly step: LoadedStep }
  | { readonly kind: "stepFinished"; readonly step: LoadedStep; readonly milliseconds: number }
  /** The operation that comes destroys rows or values: `all 3 rows of todos`. */
  | { readonly kind: "loss"; readonly step: LoadedStep; readonly losses: readonly string[] }
  /** Nothing goes on for the time being: "another program ...". */
  | { readonly kind: "waiting"; readonly reason: string }
  /** The server tells something beside its answers. */
  | { readonly kind: "notice"; readonly notice: ServerNotice };

/** Looks at an operation before it runs, inside its transaction, and stops the run by throwing. */
export type BeforeOperation = (operation: Operation, step: LoadedStep, tracker: SchemaTracker) => Promise<void>;

/** What a run of several steps works with. */
export interface RunContext extends RevisionTarget {
  readonly versions: VersionStore;
  /** Runs in the transaction of the first step, before it: creates the version table where there is none. */
  readonly preparation: readonly Statement[];
  /** Milliseconds on any steady clock. */
  readonly clock: () => number;
  readonly onEvent: (event: RunEvent) => void;
  readonly beforeOperation?: BeforeOperation;
}

/** What looks on while a step runs. */
interface StepWatches {
  /** Keeps to the transaction of the step. */
  readonly inside: RevisionWatch;
  readonly session: SessionWatch;
  /** Lets the process hear of what goes on outside. */
  readonly pulse: () => Promise<void>;
}

async function runAll(context: RunContext, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) await context.sink.run(statement);
}

async function runInTransaction(
  step: LoadedStep,
  context: RunContext,
  { inside, session, pulse }: StepWatches,
): Promise<void> {
  await runRevisionFunction(step.code, {
    ...context,
    async onOperation(operation) {
      await pulse();
      context.onEvent({ kind: "operation", step, operation });
      refuseVersionTable(operation, context.versions);
      await context.beforeOperation?.(operation, step, context.tracker);
      await session.onOperation(operation);
      await inside.onOperation(operation);
    },
    async onQuery(sql) {
      await pulse();
      context.onEvent({ kind: "query", step });
      await session.onQuery(sql);
      await inside.onQuery(sql);
    },
  });
  await inside.check();
  await moveVersionRows(context.versions, (statement) => runFrame(statement, context, step.code), step);
}

/** Where the version table says the database stands; undefined where it cannot be asked any more. */
async function readPosition({ versions, connection }: RunContext): Promise<readonly string[] | undefined> {
  try {
    return await versions.readHeads(connection);
  } catch {
    return undefined;
  }
}

/** A commit that the connection was lost with may have happened. */
async function runCommit(commit: Statement, context: RunContext, { code }: LoadedStep): Promise<void> {
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

async function runTransaction(
  step: LoadedStep,
  context: RunContext,
  preparation: readonly Statement[],
  watches: StepWatches,
): Promise<void> {
  const { begin, commit, rollback } = context.dialect.transaction;
  heed(context.signal);
  await runFrame(begin, context, step.code);
  const { sink, listKept } = watchCommits(context.sink, context.dialect);
  const inTransaction = { ...context, sink };
  try {
    // Not watched: that the version table stays is nothing to take back.
    for (const statement of preparation) await runFrame(statement, context, step.code);
    await requireVersionRows(context.versions, sink, step);
    await runInTransaction(step, inTransaction, watches);
    await runCommit(commit, context, step);
  } catch (error) {
    context.tracker.forget();
    // The failure that is reported is the first one; a rollback that fails too changes nothing about it.
    await context.sink.run(rollback).catch(() => undefined);
    // What is broken off because the run is to stop fails in the words of the engine.
    const failure = context.signal?.aborted ? new Interruption() : error;
    throw await explainKept(failure, listKept(), step, context);
  }
}

/** The failure of a revision, with what of it no rollback took back. */
async function explainKept(
  failure: unknown,
  kept: readonly string[],
  { code }: LoadedStep,
  context: RunContext,
): Promise<unknown> {
  if (kept.length === 0) return failure;
  const standsAt = await readPosition(context);
  if (failure instanceof LimbeckError) return sayWhatStays(failure, { kept, standsAt });
  if (!(failure instanceof Interruption)) return failure;
  const { revision, direction } = code;
  return executionErrors.interruptedHalfway({ revision, direction, location: "", standsAt: standsAt ?? [], kept });
}

/** What a person is told who stopped a run. */
async function explainInterruption({ code }: LoadedStep, context: RunContext, committed: number): Promise<Error> {
  const { revision, direction } = code;
  const standsAt = await context.versions.readHeads(context.connection);
  return executionErrors.interrupted({ revision, direction, location: "", standsAt, committed });
}

/**
 * Runs the steps of a plan, each in a transaction of its own together with its version rows.
 *
 * @throws ExecutionError at the first step that fails, or when the run is asked to stop; the steps before it stay
 */
export async function runSteps(steps: readonly LoadedStep[], context: RunContext): Promise<void> {
  const { transaction } = context.dialect;
  const watchObjects = createObjectWatch(context);
  const pulse = createPulse(context.signal);
  await runAll(context, transaction.prologue);
  try {
    for (const [position, step] of steps.entries()) {
      const session = watchSession(context);
      const inside = combineWatches([
        watchObjects(step.code),
        watchReferences(context, step.code),
        watchBelongings(context, step.code),
      ]);
      const start = context.clock();
      context.onEvent({ kind: "stepStarted", step });
      try {
        await runTransaction(step, context, position === 0 ? context.preparation : [], { inside, session, pulse });
      } catch (error) {
        throw error instanceof Interruption ? await explainInterruption(step, context, position) : error;
      } finally {
        await session.restore();
      }
      context.onEvent({ kind: "stepFinished", step, milliseconds: context.clock() - start });
    }
  } finally {
    await runAll(context, transaction.epilogue);
  }
}
