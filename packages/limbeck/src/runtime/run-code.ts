import type { Dialect } from "../dialect/dialect.ts";
import { executionErrors, placeError } from "../kernel/errors/execution-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { OperationError } from "../kernel/errors/operation-errors.ts";
import { findCallSite } from "./call-site.ts";
import { createOperations } from "./create-operations.ts";
import { createExit } from "./leave-transaction.ts";
import { heed, Interruption, unlessStopped } from "./interruption.ts";
import { createOperationQueue, type OperationQueue } from "./operation-queue.ts";
import type { Operations } from "./operations.ts";
import { identifyCall, type Call } from "./journal/identify-call.ts";
import { performCall } from "./perform-call.ts";
import { runFrame } from "./run-frame.ts";
import { placeErrors } from "./place-errors.ts";
import type { ActivityWatch, CallPlace, RevisionFunction, RevisionTarget } from "./revision-target.ts";
import { watchAnswers, type AnswerWatch } from "./watch-answers.ts";

/** Where the call that is being made stands in the file of the revision. */
function placeCall({ revision, direction, path }: RevisionFunction): CallPlace {
  const call = new Error("call");
  return {
    revision,
    direction,
    // Only a failure asks for it: to find a line in a stack takes about as long as to run a statement.
    get location(): string {
      return findCallSite(call, path);
    },
  };
}

const callCode = async (code: (op: Operations) => unknown, op: Operations): Promise<unknown> => code(op);

/** A helper that nobody awaits may be waiting for a file, and use `op` only when it has it: no revision is over before that. */
async function settle(
  { revision, direction }: RevisionFunction,
  { signal, onWait = () => undefined }: RevisionTarget,
  activity: ActivityWatch | undefined,
): Promise<void> {
  const reason = `${direction} of ${revision} has ended, but not what it began`;
  const hasSettled = await activity?.settle({ signal, onWait: () => onWait(reason) });
  heed(signal);
  if (hasSettled === false) throw executionErrors.unsettled({ revision, direction, location: "" });
}

function explainThrown(error: unknown, { revision, direction, path }: RevisionFunction): unknown {
  const locate = (): CallPlace => ({ revision, direction, location: findCallSite(error, path) });
  // What describes columns and constraints throws at once, before any call of op could name the place.
  if (error instanceof OperationError) return placeError(error, locate());
  if (error instanceof LimbeckError || error instanceof Interruption) return error;
  const message = error instanceof Error ? error.message : String(error);
  return executionErrors.revisionThrew({ ...locate(), message }, error);
}

/** What calls have to know of the engine. */
function describeEngine({ name, diffRules, hasPartialIndexes, quoteIdentifier, uniqueIsIndex }: Dialect) {
  const { namespaceOf, foldTableNames } = diffRules;
  return {
    dialect: name,
    liveRules: { hasPartialIndexes, quoteIdentifier },
    namespaceOf,
    foldTableNames,
    uniqueIsIndex: uniqueIsIndex === true,
  };
}

type CarryOut<Result> = (call: Call, place: CallPlace) => Promise<Result>;

/** @param readLast what was called last */
const createQueue = (revision: RevisionFunction, readLast: () => string): OperationQueue =>
  createOperationQueue((isClosed) =>
    executionErrors.lateOperation({ ...placeCall(revision), operation: readLast(), isRolledBack: !isClosed }),
  );

/** Rows that nobody awaits are an error in the place of the call. */
const watchRows = (): AnswerWatch<CallPlace> =>
  watchAnswers((place) => executionErrors.unreadAnswer({ ...place, location: place.location }));

/** Runs the function of a revision, and everything it queues. */
export async function runCode(
  revision: RevisionFunction,
  code: (op: Operations) => unknown,
  target: RevisionTarget,
): Promise<void> {
  const { signal } = target;
  let lastCall = "";
  let lastArguments: readonly unknown[] = [];
  const queue = createQueue(revision, () => lastCall);
  const exit = createExit(
    { ...target, isOutside: revision.transactional === false },
    (work) => queue.push(work),
    (statement) => runFrame(statement, target, revision),
  );
  const rows = watchRows();
  /** Takes note of a call. @returns carries it out, once it is its turn */
  const noteCall = <Result>(name: string, carryOut: CarryOut<Result>): (() => Promise<Result>) => {
    lastCall = `op.${name}`;
    const place = placeCall(revision);
    // Now, because what it is called with may be changed before its turn.
    const call: Call = target.journal ? identifyCall(name, lastArguments) : { name, text: "" };
    return () => placeErrors(place, () => carryOut(call, place));
  };
  const ask = <Result>(name: string, carryOut: CarryOut<Result>): Promise<Result> => {
    const perform = noteCall(name, carryOut);
    return exit.inOrder(() => queue.push(perform));
  };
  const op = createOperations({
    onCall: (args) => (lastArguments = args),
    isOwn: revision.path === "",
    leaveTransaction: exit.leave,
    ...describeEngine(target.dialect),
    convention: target.convention,
    readSchema: () => target.tracker.current(),
    enqueue: (name, operation) =>
      ask(name, async (call, place) => void (await performCall(call, { operation }, target, place))),
    enqueueQuery(sql, parameters) {
      const found = ask("query", (call, place) => performCall(call, { query: { sql, parameters } }, target, place));
      return rows.watch(found, placeCall(revision));
    },
    backfill(request) {
      const perform = noteCall("backfill", (call, place) => performCall(call, { backfill: request }, target, place));
      return exit.leave(async () => void (await exit.inOrder(() => queue.push(perform))));
    },
  });
  const activity = target.watchActivity?.();
  try {
    await unlessStopped(signal, callCode(code, op));
    await unlessStopped(signal, exit.settle());
    await queue.drain();
    queue.finish();
    await settle(revision, target, activity);
    queue.refuseLate();
    rows.requireRead();
    queue.close();
  } catch (error) {
    queue.finish();
    // What was queued before the function threw must not go on running while the caller rolls back.
    await queue.drain().catch(() => undefined);
    throw explainThrown(error, revision);
  }
}
