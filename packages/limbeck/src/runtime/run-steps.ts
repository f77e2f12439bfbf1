import type { Statement } from "../dialect/statement.ts";
import { explainInterruption } from "./explain-run-failure.ts";
import { createPulse, Interruption } from "./interruption.ts";
import { combineWatches } from "./revision-watch.ts";
import { watchEnd } from "./kept/watch-end.ts";
import type { LoadedStep, RunContext } from "./run-context.ts";
import { runTransaction, type WatchedStep } from "./run-transaction.ts";
import { createObjectWatch } from "./watch-objects.ts";
import { watchBelongings } from "./watch-belongings.ts";
import { watchReferences } from "./watch-references.ts";
import { watchSession } from "./watch-session.ts";

async function runAll(context: RunContext, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) await context.sink.run(statement);
}

const withoutTransaction = (step: LoadedStep): LoadedStep => ({
  ...step,
  code: { ...step.code, transactional: false },
});

/** The steps by the transactions that they run in. */
function groupSteps(
  steps: readonly LoadedStep[],
  { transactions, dialect }: RunContext,
): readonly (readonly LoadedStep[])[] {
  if (transactions === "none") return steps.map((step) => [withoutTransaction(step)]);
  const groups: LoadedStep[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    const isShared = transactions === "run" && dialect.transaction.commitsImplicitly === undefined;
    const fits = isShared && step.code.transactional !== false && last?.[0]?.code.transactional !== false;
    if (last && fits) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** Does work, and what has to come after it in any case. Of two failures the first one is told: a session that was lost cannot be tidied either. */
async function workAndTidy(work: () => Promise<void>, tidy: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await tidy().catch(() => undefined);
    throw error;
  }
  await tidy();
}

/**
 * Runs the steps of a plan, each in a transaction of its own together with its version rows, or all in one.
 *
 * @throws ExecutionError at the first step that fails, or when the run is asked to stop; the transactions before it stay
 */
export async function runSteps(steps: readonly LoadedStep[], context: RunContext): Promise<void> {
  const { transaction } = context.dialect;
  const watchObjects = createObjectWatch(context);
  const end = watchEnd(steps, context);
  const pulse = createPulse(context.signal);
  let committed = 0;

  const runGroup = async (group: readonly LoadedStep[]): Promise<void> => {
    const watched = group.map((step): WatchedStep => {
      const session = watchSession(context);
      const inside = combineWatches([
        watchObjects(step.code),
        watchReferences(context, step.code, context.history?.continues(step.code.revision)),
        watchBelongings(context, step.code),
      ]);
      return { step, watches: { inside, session, end, pulse } };
    });
    await workAndTidy(
      () => runTransaction(watched, context, committed === 0 ? context.preparation : []),
      async () => {
        for (const { watches } of watched) await watches.session.restore();
      },
    );
  };

  const runGroups = async (): Promise<void> => {
    for (const group of groupSteps(steps, context)) {
      await runGroup(group).catch(async (error: unknown) => {
        const [first] = group;
        throw error instanceof Interruption && first ? await explainInterruption(first, context, committed) : error;
      });
      committed += group.length;
    }
  };
  await runAll(context, transaction.prologue);
  await workAndTidy(runGroups, () => runAll(context, transaction.epilogue));
}
