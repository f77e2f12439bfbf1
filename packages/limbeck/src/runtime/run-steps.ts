import type { Statement } from "../dialect/statement.ts";
import { executionErrors } from "../kernel/errors/execution-errors.ts";
import type { PlanStep } from "../graph/revision-plan.ts";
import type { Operation } from "../ops/operation.ts";
import { runRevisionFunction, type RevisionFunction, type RevisionTarget } from "./run-revision.ts";
import { watchReferences } from "./watch-references.ts";
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
  | { readonly kind: "stepFinished"; readonly step: LoadedStep; readonly milliseconds: number };

/** What a run of several steps works with. */
export interface RunContext extends RevisionTarget {
  readonly versions: VersionStore;
  /** Runs in the transaction of the first step, before it: creates the version table where there is none. */
  readonly preparation: readonly Statement[];
  /** Milliseconds on any steady clock. */
  readonly clock: () => number;
  readonly onEvent: (event: RunEvent) => void;
}

async function runAll(context: RunContext, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) await context.sink.run(statement);
}

/** Operations that cannot break what other tables point to. */
const HARMLESS: ReadonlySet<Operation["kind"]> = new Set([
  "createTable",
  "addColumn",
  "createIndex",
  "createView",
  "createTrigger",
  "dropView",
  "dropTrigger",
]);

async function runInTransaction(step: LoadedStep, context: RunContext): Promise<void> {
  const references = watchReferences(context, step.code);
  await runRevisionFunction(step.code, {
    ...context,
    async onOperation(operation) {
      context.onEvent({ kind: "operation", step, operation });
      if (!HARMLESS.has(operation.kind)) await references.start();
    },
    async onQuery() {
      context.onEvent({ kind: "query", step });
      await references.start();
    },
  });
  await moveVersionRows(context.versions, context.sink, step);
  await references.check();
}

/** What frames a revision fails for reasons of the database, such as another program that holds it. */
async function runFrame(step: LoadedStep, context: RunContext, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) {
    try {
      await context.sink.run(statement);
    } catch (error) {
      const databaseMessage = context.dialect.describeDatabaseError(error);
      const { revision, direction } = step.code;
      throw executionErrors.transactionFailed(
        { revision, direction, location: "", sql: statement.sql, databaseMessage },
        error,
      );
    }
  }
}

async function runStep(step: LoadedStep, context: RunContext, preparation: readonly Statement[]): Promise<void> {
  const { begin, commit, rollback } = context.dialect.transaction;
  const start = context.clock();
  context.onEvent({ kind: "stepStarted", step });
  await runFrame(step, context, [begin]);
  try {
    await runFrame(step, context, preparation);
    await requireVersionRows(context.versions, context.sink, step);
    await runInTransaction(step, context);
    await runFrame(step, context, [commit]);
  } catch (error) {
    context.tracker.forget();
    // The failure that is reported is the first one; a rollback that fails too changes nothing about it.
    await context.sink.run(rollback).catch(() => undefined);
    throw error;
  }
  context.onEvent({ kind: "stepFinished", step, milliseconds: context.clock() - start });
}

/**
 * Runs the steps of a plan, each in a transaction of its own together with its version rows.
 *
 * @throws ExecutionError at the first step that fails; the steps before it stay
 */
export async function runSteps(steps: readonly LoadedStep[], context: RunContext): Promise<void> {
  const { transaction } = context.dialect;
  await runAll(context, transaction.prologue);
  try {
    for (const [position, step] of steps.entries())
      await runStep(step, context, position === 0 ? context.preparation : []);
  } finally {
    await runAll(context, transaction.epilogue);
  }
}
