import type { Dialect } from "../dialect/dialect.ts";
import type { Statement } from "../dialect/statement.ts";
import { createCrossBoundary, type CrossBoundary } from "./cross-boundary.ts";
import { explainKept, runCommit } from "./explain-run-failure.ts";
import { hearOfCommits } from "./hear-of-commits.ts";
import { heed, Interruption } from "./interruption.ts";
import type { HistorySubject } from "./journal/history-entry.ts";
import type { Doubt } from "./journal/open-revision.ts";
import type { NotedFailure } from "./journal/run-journal.ts";
import { createStepJournal } from "./journal/step-journal.ts";
import type { EndWatch } from "./kept/watch-end.ts";
import { leaveForStatement } from "./leave-for-statement.ts";
import { refuseVersionTable } from "./refuse-version-table.ts";
import type { RevisionWatch } from "./revision-watch.ts";
import type { LoadedStep, RunContext } from "./run-context.ts";
import { runFrame } from "./run-frame.ts";
import type { RevisionTarget } from "./revision-target.ts";
import { runRevisionFunction } from "./run-revision.ts";
import type { StatementSink } from "./statement-sink.ts";
import { recordEnd, type EndRecorder } from "./record-end.ts";
import { moveVersionRows, requireVersionRows } from "./version-store.ts";
import { watchCommits } from "./watch-commits.ts";
import type { SessionWatch } from "./watch-session.ts";

/** What looks on while a step runs. */
export interface StepWatches {
  /** Keeps to the transaction of the step. */
  readonly inside: RevisionWatch;
  readonly session: SessionWatch;
  readonly end: EndWatch;
  /** Lets the process hear of what goes on outside. */
  readonly pulse: () => Promise<void>;
}

/** A step with what looks on. */
export interface WatchedStep {
  readonly step: LoadedStep;
  readonly watches: StepWatches;
}

const subjectOf = ({ code, checksum }: LoadedStep): HistorySubject => ({
  revision: code.revision,
  direction: code.direction,
  checksum,
});

/** What a step runs on, so that everything that looks on hears of it. */
function watchTarget(
  { step, watches }: WatchedStep,
  context: RunContext & Pick<RevisionTarget, "journal">,
): RevisionTarget {
  const { inside, session, end, pulse } = watches;
  return {
    ...context,
    async onOperation(operation) {
      await pulse();
      context.onEvent({ kind: "operation", step, operation });
      refuseVersionTable(operation, context.versions);
      await context.beforeOperation?.(operation, step, context.tracker);
      await session.onOperation(operation);
      end.onOperation(operation);
      await inside.onOperation(operation);
    },
    onProgress: (progress) => context.onEvent({ kind: "progress", step, ...progress }),
    async onQuery(sql) {
      await pulse();
      context.onEvent({ kind: "query", step });
      await session.onQuery(sql);
      end.onQuery();
      await inside.onQuery(sql);
    },
  };
}

/** Runs a revision inside the transaction that is open, or out of it where it asks for that, and records it. */
async function runStep(
  watched: WatchedStep,
  context: RunContext,
  kept: StatementSink,
  crossBoundary: CrossBoundary,
): Promise<void> {
  const { step } = watched;
  const { dialect, connection, clock, history, hooks } = context;
  const start = clock();
  const besides = watchTarget(watched, { ...context, sink: kept });
  const inContext = (sink: StatementSink) => (statement: Statement) =>
    runFrame(statement, { ...context, sink }, step.code);
  const run = inContext(context.sink);
  const journal =
    history &&
    createStepJournal(history, subjectOf(step), {
      dialect,
      connection,
      clock,
      entries: { run },
      statements: kept,
      frame: inContext(kept),
    });
  const { begin, commit } = dialect.transaction;
  const heard = hearOfCommits(journal?.sink ?? kept, dialect, watched.watches.inside);
  const crossing = crossBoundary(heard, {
    frame: inContext(heard),
    beforeCommit: (subject) => context.onEvent({ kind: "committed", step, subject }),
  });
  const sink = leaveForStatement(crossing, dialect, inContext(crossing));
  await hooks?.before(step, besides);
  const isInside = step.code.transactional !== false;
  if (!isInside) await inContext(sink)(commit);
  await runRevisionFunction(step.code, watchTarget(watched, { ...context, sink, ...(journal && { journal }) }));
  if (!isInside) await inContext(sink)(begin);
  // A hook behind the revision may look where the database stands.
  const join = hooks?.after ? undefined : context.joinEntries;
  if (!join) await moveVersionRows(context.versions, run, step);
  await hooks?.after?.(step, besides);
  // The last word, over what a hook did as well.
  await watched.watches.inside.check();
  const milliseconds = clock() - start;
  // Behind the hooks, which may change something as well.
  const detail = await watched.watches.end.describe(step);
  const writeEntries: EndRecorder["writeEntries"] = async (entries) => journal?.finish(milliseconds, detail, entries);
  if (join) await recordEnd(step, { versions: context.versions, run, writeEntries, join });
  else await writeEntries({ run });
}

/** How far a revision has come that has failed. */
interface Reached {
  /** Whether something of it is committed, or may be: where its first statement was refused whole, it has begun, and that is all. */
  readonly isHalfway: boolean;
  /** Whether calls had ended before the one that failed, or a part of that one. */
  readonly isUnderWay: boolean;
  /** Whether the call that failed has done a part, so that it has to stay in the file as it is. */
  readonly isFixed: boolean;
}

const NOWHERE: Reached = Object.freeze({ isHalfway: false, isUnderWay: false, isFixed: false });

function findReached(
  { left, failedIn, didNothing, passed, isWritten }: NotedFailure,
  { contention, journal }: Dialect,
): Reached {
  const { doneUpTo, position, doubt } = left;
  // No run goes on behind a statement before it knows that this one took effect.
  const isBehind = doubt !== undefined && doubt.call < failedIn;
  const hasBegun = passed.some(({ guard, sql }) => guard === undefined && !journal.staysInSession(sql));
  const isUnderWay = doneUpTo > 0 || position !== undefined || isBehind || hasBegun;
  const refused = doubt?.statements[doubt.part];
  const isInPart = refused !== undefined && !didNothing && contention?.mayStayInPart(refused.sql) === true;
  return { isHalfway: isUnderWay || isInPart, isUnderWay, isFixed: hasBegun && !isWritten };
}

/** Whether a statement that was refused did nothing: what it is about is as it was before, or the engine knows it of such statements. */
async function showsNothing(
  { statements, part, before }: Doubt,
  { dialect: { journal }, connection }: RunContext,
): Promise<boolean> {
  const sql = statements[part]?.sql ?? "";
  if (journal.judgeRefused) return (await journal.judgeRefused(connection, sql, before)) === "nothing";
  if (before === "" || (await journal.capture(connection, sql)) !== before) return false;
  return (await journal.settle(connection, sql, before)) === "notApplied";
}

/** Notes a failure; one that cannot be noted is told all the same. */
async function noteFailure(failure: unknown, step: LoadedStep, context: RunContext): Promise<Reached> {
  const { history, sink, connection, dialect } = context;
  if (!history?.notesStatements) return NOWHERE;
  const { begin, commit, rollback } = dialect.transaction;
  try {
    await sink.run(begin);
    const message = failure instanceof Error ? failure.message : "";
    const hasDoneNothing = (doubt: Doubt): Promise<boolean> => showsNothing(doubt, context);
    const noted = await history.noteFailure(sink, connection, subjectOf(step), { message, hasDoneNothing });
    await sink.run(commit);
    return noted === undefined ? NOWHERE : findReached(noted, dialect);
  } catch {
    await sink.run(rollback).catch(() => undefined);
    return NOWHERE;
  }
}

/**
 * Runs steps in one transaction.
 *
 * @param preparation runs first, and stays whatever happens where the engine commits by itself
 * @throws ExecutionError when one of them fails: then nothing of them stays, but for what no transaction takes back
 */
export async function runTransaction(
  steps: readonly WatchedStep[],
  context: RunContext,
  preparation: readonly Statement[],
): Promise<void> {
  const { begin, commit, rollback } = context.dialect.transaction;
  const [first] = steps;
  if (!first) return;
  const { clock, onEvent } = context;
  const starts: number[] = [];
  const enter = (step: LoadedStep): void => {
    starts.push(clock());
    onEvent({ kind: "stepStarted", step });
  };
  enter(first.step);
  heed(context.signal);
  await runFrame(begin, context, first.step.code);
  const { sink, listKept } = watchCommits(context.sink, context.dialect);
  const crossBoundary = createCrossBoundary(context.dialect, context.connection);
  let { step } = first;
  try {
    // Not watched: that the version table stays is nothing to take back.
    for (const statement of preparation) await runFrame(statement, context, step.code);
    for (const watched of steps) {
      if (watched !== first) enter(watched.step);
      ({ step } = watched);
      await requireVersionRows(context.versions, sink, step);
      await runStep(watched, context, sink, crossBoundary);
    }
    await runCommit(commit, context, step);
    const ends = [...starts.slice(1), clock()];
    for (const [index, { step: finished }] of steps.entries()) {
      onEvent({ kind: "stepFinished", step: finished, milliseconds: (ends[index] ?? 0) - (starts[index] ?? 0) });
    }
  } catch (error) {
    context.tracker.forget();
    // The failure that is reported is the first one; a rollback that fails too changes nothing about it.
    await context.sink.run(rollback).catch(() => undefined);
    // What is broken off because the run is to stop fails in the words of the engine.
    const failure = context.signal?.aborted ? new Interruption() : error;
    const reached = await noteFailure(failure, step, context);
    throw await explainKept(failure, { kept: listKept(), ...reached }, step, context);
  }
}
