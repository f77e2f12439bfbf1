import { executionErrors } from "../kernel/errors/execution-errors.ts";
import type { PlanStep } from "../graph/revision-plan.ts";
import type { Operation } from "../ops/operation.ts";
import { runRevisionFunction, type RevisionFunction, type RevisionTarget } from "./run-revision.ts";
import { watchReferences } from "./watch-references.ts";
import { moveVersionRows, type VersionStore } from "./version-store.ts";

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
  | { readonly kind: "stepFinished"; readonly step: LoadedStep; readonly milliseconds: number };

/** What a run of several steps works with. */
export interface RunContext extends RevisionTarget {
  readonly versions: VersionStore;
  /** Milliseconds on any steady clock. */
  readonly clock: () => number;
  readonly onEvent: (event: RunEvent) => void;
}

async function runAll(
  context: RunContext,
  statements: RevisionTarget["dialect"]["transaction"]["prologue"],
): Promise<void> {
  for (const statement of statements) await context.sink.run(statement);
}

/** Operations that cannot break what other tables point to. */
const HARMLESS: ReadonlySet<Operation["kind"]> = new Set([
  "createTable",
  "createIndex",
  "createView",
  "createTrigger",
  "dropView",
  "dropTrigger",
]);

async function runInTransaction(step: LoadedStep, context: RunContext): Promise<void> {
  const references = watchReferences(context.dialect, context.connection);
  await runRevisionFunction(step.code, {
    ...context,
    async onOperation(operation) {
      context.onEvent({ kind: "operation", step, operation });
      if (!HARMLESS.has(operation.kind)) await references.start();
    },
    onQuery: () => references.start(),
  });
  await moveVersionRows(context.versions, context.sink, step);
  const violations = await references.findBroken();
  if (violations.length > 0) {
    throw executionErrors.brokenReferences({
      revision: step.revision,
      direction: step.code.direction,
      location: "",
      violations,
    });
  }
}

async function runStep(step: LoadedStep, context: RunContext): Promise<void> {
  const { begin, commit, rollback } = context.dialect.transaction;
  const start = context.clock();
  context.onEvent({ kind: "stepStarted", step });
  await context.sink.run(begin);
  try {
    await runInTransaction(step, context);
    await context.sink.run(commit);
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
    for (const step of steps) await runStep(step, context);
  } finally {
    await runAll(context, transaction.epilogue);
  }
}
