import type { Connection } from "../dialect/connection.ts";
import type { LockRetry } from "../kernel/lock-retry.ts";
import type { FailedWork } from "../runtime/contention/explain-contention.ts";
import { watchAlone } from "../runtime/contention/watch-alone.ts";
import { runPatiently, type Patience } from "../runtime/contention/run-patiently.ts";
import type { HistoryState } from "../runtime/journal/history-reader.ts";
import { createRunJournal } from "../runtime/journal/run-journal.ts";
import type { BeforeOperation, LoadedStep, RunContext, RunEvent } from "../runtime/run-context.ts";
import { runSteps } from "../runtime/run-steps.ts";
import { createRevisionHooks } from "../runtime/hooks/revision-hooks.ts";
import { createConnectionSink } from "../runtime/statement-sink.ts";
import { tellStatements } from "../runtime/tell-statements.ts";
import type { Environment } from "./environment.ts";
import { explainRefusals } from "./explain-refusals.ts";
import { hostHooks, withRunHooks } from "./hooks/with-run-hooks.ts";
import { chooseLimits, chooseTries } from "./limits.ts";
import { createRunContext, identifyRun } from "./run-context.ts";

/** One revision that ran. */
export interface StepReport {
  readonly revision: string;
  readonly direction: "up" | "down";
  readonly message: string;
  readonly milliseconds: number;
}

/** How a run is looked on, and what it may do. */
export interface StepsOptions {
  readonly beforeOperation?: BeforeOperation;
  /** The database is thrown away afterwards, and has no journal, and nobody else works on it. Default false. */
  readonly isTrial?: boolean;
  /** Opens another session, to ask for whom a statement waits. Absent where there is none. */
  readonly connectBeside?: (() => Promise<Connection>) | undefined;
}

/** Steps that are to run. */
interface PlannedSteps extends StepsOptions {
  readonly steps: readonly LoadedStep[];
  /** Where the database stands. */
  readonly from: readonly string[];
  /** Where the journal stands. */
  readonly state: HistoryState;
}

/** What ran. */
export interface StepsResult {
  readonly steps: readonly StepReport[];
  /** The statements that were tried again, because another session held what they needed; absent where none was. */
  readonly retries?: readonly LockRetry[];
}

/** Looks for a table of the tool, and whether it can be written to by a statement that writes to the other one as well. */
async function findOwnTable({ dialect }: Environment, connection: Connection, table: string) {
  const { writeAlong } = dialect.journal;
  if (!writeAlong) return { isThere: await dialect.hasTable(connection, table), fits: false };
  const fits = await writeAlong.findFit(connection, table);
  // One that is missing is made by us.
  return { isThere: fits !== undefined, fits: fits ?? true };
}

/** Creates the tables of the tool where they are missing, and tells how they are written to. */
async function prepareTables(
  environment: Environment,
  connection: Connection,
  isTrial: boolean,
): Promise<Pick<RunContext, "preparation" | "joinEntries">> {
  const { dialect, versions, config, history } = environment;
  const version = await findOwnTable(environment, connection, config.versionTable);
  const journal = await findOwnTable(environment, connection, history.tableName);
  const join = !isTrial && version.fits && journal.fits ? dialect.journal.writeAlong?.join : undefined;
  return {
    preparation: [
      ...(version.isThere ? [] : versions.createTable(connection.serverVersion)),
      ...(isTrial || journal.isThere ? [] : history.createTable(connection.serverVersion)),
    ],
    ...(join && { joinEntries: join }),
  };
}

/** Takes note of what steps come to. */
function createStepLog(onEvent: Environment["onEvent"]) {
  const reports: StepReport[] = [];
  const retries: LockRetry[] = [];
  let work: FailedWork | undefined;
  return {
    reports,
    retries,
    findWork: () => work,
    onEvent: (event: RunEvent): void => {
      if (event.kind === "stepStarted") work = event.step.code;
      if (event.kind === "retry") retries.push(event.retry);
      if (event.kind === "stepFinished") {
        const { revision, direction, message } = event.step;
        reports.push({ revision, direction, message, milliseconds: event.milliseconds });
      }
      onEvent(event);
    },
  };
}

/** Runs steps on a database, again and again where other sessions are in the way; the caller holds the lock. */
export const runPlannedSteps = (
  environment: Environment,
  connection: Connection,
  planned: PlannedSteps,
): Promise<StepsResult> =>
  explainRefusals(environment.dialect, () => runPatientSteps(environment, connection, planned));

async function runPatientSteps(
  environment: Environment,
  connection: Connection,
  { steps, from, state, beforeOperation, isTrial = false, connectBeside }: PlannedSteps,
): Promise<StepsResult> {
  const { dialect, versions, config, history, signal } = environment;
  const identity = identifyRun(environment);
  const { run } = identity;
  const { reports, retries, findWork, onEvent } = createStepLog(environment.onEvent);
  const subject = { run, database: dialect.redactUrl(config.url) };
  const talkThrough = (own: Connection) => tellStatements({ sink: createConnectionSink(own), onEvent }, environment);
  onEvent({ kind: "planned", run, from, steps });
  const attempt = async (working: Connection, isAgain: boolean): Promise<void> => {
    const now = isAgain ? await history.readState(working) : state;
    // Copies, because what looks on remembers what it has seen of a step.
    const left = steps.slice(reports.length).map((step) => ({ ...step }));
    const told = talkThrough(working);
    const hooks = isTrial
      ? undefined
      : createRevisionHooks(config.hooks, subject, hostHooks(environment, told.onEvent));
    await runSteps(left, {
      ...createRunContext(environment, working, told.sink),
      ...(beforeOperation && { beforeOperation }),
      ...(!isTrial && {
        history: createRunJournal(history, identity, now),
        toolVersion: environment.toolVersion,
        keepDowngrades: config.keepDowngrades,
      }),
      ...(hooks && { hooks }),
      ...(await prepareTables(environment, working, isTrial)),
      onEvent: told.onEvent,
    });
  };
  const [first] = steps;
  if (isTrial || !first) {
    await attempt(connection, false);
    return { steps: reports };
  }
  const work = {
    attempt,
    findWork: () => findWork() ?? first.code,
    countCommitted: () => reports.length,
    readHeads: (own: Connection) => versions.readHeads(own),
    readOpen: async (own: Connection) => (await history.readState(own)).open,
  };
  const patience: Patience = {
    dialect,
    limits: chooseLimits(dialect, config),
    tries: chooseTries(dialect, config),
    connectBeside,
    signal,
    onWait: (reason) => onEvent({ kind: "waiting", reason }),
    onRetry: (retry) => onEvent({ kind: "retry", retry }),
  };
  const { beforeRun, afterRun } = config.hooks;
  const alone = beforeRun || afterRun ? await watchAlone(connection, patience, first.code) : connection;
  const hooked = { ...talkThrough(alone), run, from, steps, listFinished: () => reports };
  await withRunHooks(environment, connection, hooked, () => runPatiently(work, connection, patience));
  return { steps: reports, ...(retries.length > 0 && { retries }) };
}
