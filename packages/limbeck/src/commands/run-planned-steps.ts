import type { Connection } from "../dialect/connection.ts";
import type { LockRetry } from "../kernel/lock-retry.ts";
import type { FailedWork } from "../runtime/contention/explain-contention.ts";
import { runPatiently } from "../runtime/contention/run-patiently.ts";
import type { HistoryState } from "../runtime/journal/history-reader.ts";
import { createRunJournal } from "../runtime/journal/run-journal.ts";
import type { BeforeOperation, LoadedStep, RunContext, RunEvent } from "../runtime/run-context.ts";
import { runSteps } from "../runtime/run-steps.ts";
import type { Environment } from "./environment.ts";
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
  /** Where the journal stands. */
  readonly state: HistoryState;
}

/** What ran. */
export interface StepsResult {
  readonly steps: readonly StepReport[];
  /** The statements that were tried again, because another session held what they needed; absent where none was. */
  readonly retries?: readonly LockRetry[];
}

/** Creates the tables of the tool where they are missing. */
async function prepareTables(
  { dialect, versions, config, history }: Environment,
  connection: Connection,
  isTrial: boolean,
): Promise<RunContext["preparation"]> {
  const hasVersionTable = await dialect.hasTable(connection, config.versionTable);
  const hasHistory = await history.exists(connection);
  return [
    ...(hasVersionTable ? [] : versions.createTable(connection.serverVersion)),
    ...(isTrial || hasHistory ? [] : history.createTable(connection.serverVersion)),
  ];
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
export async function runPlannedSteps(
  environment: Environment,
  connection: Connection,
  { steps, state, beforeOperation, isTrial = false, connectBeside }: PlannedSteps,
): Promise<StepsResult> {
  const { dialect, versions, config, history, signal } = environment;
  const identity = identifyRun(environment);
  const { reports, retries, findWork, onEvent } = createStepLog(environment.onEvent);
  const attempt = async (working: Connection, isAgain: boolean): Promise<void> => {
    const now = isAgain ? await history.readState(working) : state;
    // Copies, because what looks on remembers what it has seen of a step.
    const left = steps.slice(reports.length).map((step) => ({ ...step }));
    await runSteps(left, {
      ...createRunContext(environment, working),
      ...(beforeOperation && { beforeOperation }),
      ...(!isTrial && {
        history: createRunJournal(history, identity, now),
        toolVersion: environment.toolVersion,
        keepDowngrades: config.keepDowngrades,
      }),
      preparation: await prepareTables(environment, working, isTrial),
      onEvent,
    });
  };
  const [first] = steps;
  if (isTrial || !first) {
    await attempt(connection, false);
    return { steps: reports };
  }
  const run = {
    attempt,
    findWork: () => findWork() ?? first.code,
    countCommitted: () => reports.length,
    readHeads: (own: Connection) => versions.readHeads(own),
    readOpen: async (own: Connection) => (await history.readState(own)).open,
  };
  await runPatiently(run, connection, {
    dialect,
    limits: chooseLimits(dialect, config),
    tries: chooseTries(dialect, config),
    connectBeside,
    signal,
    onWait: (reason) => onEvent({ kind: "waiting", reason }),
    onRetry: (retry) => onEvent({ kind: "retry", retry }),
  });
  return { steps: reports, ...(retries.length > 0 && { retries }) };
}
