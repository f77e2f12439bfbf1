import { buildDatabaseOn } from "../dialect/build-schema-on.ts";
import { chooseOlderVersion } from "../dialect/compare-versions.ts";
import type { Connection } from "../dialect/connection.ts";
import type { UnmanagedObject } from "../dialect/dialect.ts";
import type { PlanNotice, RevisionPlan } from "../graph/revision-plan.ts";
import { sayNothingRan } from "../kernel/errors/execution-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { findView } from "../ops/find-view.ts";
import type { LoadedStep, RunContext, RunEvent } from "../runtime/run-context.ts";
import { runSteps } from "../runtime/run-steps.ts";
import { createRevisionHooks } from "../runtime/hooks/revision-hooks.ts";
import type { OpenRevision } from "../runtime/journal/open-revision.ts";
import { createScriptJournal } from "../runtime/journal/run-journal.ts";
import { withScratch } from "../runtime/scratch.ts";
import {
  createConnectionSink,
  createPreviewRenderer,
  createScriptSink,
  createWritingSink,
  type StatementRenderer,
  type StatementSink,
} from "../runtime/statement-sink.ts";
import type { Environment } from "./environment.ts";
import { hostHooks } from "./hooks/with-run-hooks.ts";
import { renderLimits } from "./limits.ts";
import { loadSteps } from "./load-steps.ts";
import { isContinuation, planFrom, requireContinuation, type PlannedWay, type Planner } from "./migrate.ts";
import { readProject, type Project } from "./project.ts";
import { readOpenWork } from "./read-open.ts";
import { readScriptHeader } from "./read-script-header.ts";
import { refuseRunning } from "./require-whole.ts";
import { createRunContext } from "./run-context.ts";
import { chooseTargetVersion } from "./target-version.ts";
import { introspectDatabase, readDatabase } from "./with-database.ts";

/** A script that does what a run would do. */
export interface ScriptResult {
  /** Where a database must stand for the script; empty for base. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly revisions: readonly string[];
  /** SQL for the vendor's own client. */
  readonly script: string;
  /** What a person should be told about the way that the script takes. */
  readonly notices: readonly PlanNotice[];
  /** What of the database could not be made on the scratch database, so that the script does not reckon with it. */
  readonly leftOut: readonly UnmanagedObject[];
  /** Views that it makes anew, without what a database that nobody looked into may have added to them. */
  readonly renewed: readonly string[];
}

/** Where a script begins, and for whom it is written. */
type RunPreparation = (serverVersion: string) => RunContext["preparation"];

interface ScriptStart {
  readonly from: readonly string[];
  /** What runs first of all, for the version table. */
  readonly preparation: RunPreparation;
  /** The version of the engine that will run the script. */
  readonly serverVersion: string;
  readonly render: StatementRenderer;
  /** Lines in front of everything; absent where nobody but a person reads it. */
  readonly header?: string;
  /** What an earlier run left in the middle, on the database that the script is for. Default nothing. */
  readonly open?: OpenRevision;
  /** Default none. */
  readonly leftOut?: readonly UnmanagedObject[];
  /** Whether the database may have what no revision tells of. */
  readonly isUnseen?: boolean;
}

async function createVersionTable(environment: Environment, serverVersion: string, sink: StatementSink): Promise<void> {
  for (const statement of environment.versions.createTable(serverVersion)) await sink.run(statement);
}

async function createHistory({ history }: Environment, serverVersion: string, sink: StatementSink): Promise<void> {
  for (const statement of history.createTable(serverVersion)) await sink.run(statement);
}

function withNotes(sink: StatementSink, { onEvent }: RunContext, onRenewal: (view: string) => void) {
  return (event: RunEvent): void => {
    if (event.kind === "stepStarted") {
      const { direction, revision, message } = event.step;
      sink.note(`${direction === "up" ? "upgrade to" : "downgrade of"} ${revision}: ${message}`);
    }
    const view = event.kind === "operation" && "keepAttached" in event.operation && findView(event.operation);
    if (typeof view === "string") onRenewal(view);
    onEvent(event);
  };
}

/** @throws LimbeckError when one of them fails, which no database but the scratch database has seen */
async function tryStepsOnScratch(steps: readonly LoadedStep[], context: RunContext): Promise<void> {
  try {
    await runSteps(steps, context);
  } catch (error) {
    throw error instanceof LimbeckError ? sayNothingRan(error) : error;
  }
}

async function collectScript(
  environment: Environment,
  scratch: Connection,
  {
    plan,
    steps,
    start,
  }: { readonly plan: RevisionPlan; readonly steps: readonly LoadedStep[]; readonly start: ScriptStart },
): Promise<ScriptResult> {
  const { from, serverVersion, render, leftOut = [] } = start;
  const ends = { from, to: plan.heads, revisions: steps.map((step) => step.revision), notices: plan.notices, leftOut };
  if (steps.length === 0) return { ...ends, renewed: [], script: "" };
  const renewed = new Set<string>();
  const pieces: string[] = start.header === undefined ? [] : [`${start.header}\n`];
  const sink = createScriptSink(scratch, render, (text) => pieces.push(text));
  const context = {
    ...createRunContext(environment, scratch, sink),
    history: createScriptJournal(environment.history, environment.toolVersion, start.open),
  };
  const preparation = start.preparation(serverVersion);
  const written = { run: "script", database: environment.dialect.redactUrl(environment.config.url) };
  const hooks = createRevisionHooks(
    environment.config.hooks,
    written,
    hostHooks(environment, environment.onEvent),
    createWritingSink(render, (text) => pieces.push(text)),
  );
  await tryStepsOnScratch(steps, {
    ...context,
    hooks,
    serverVersion,
    preparation,
    onEvent: withNotes(sink, context, (view) => {
      if (start.isUnseen !== true) return;
      renewed.add(view);
      sink.note(`${view} is made anew, without the rights, notes and the like that only the database knows`);
    }),
  });
  return { ...ends, renewed: [...renewed], script: pieces.join("") };
}

/** Brings an empty scratch database to some revisions by running the files up to them. */
async function replay(
  environment: Environment,
  project: Project,
  scratch: Connection,
  heads: readonly string[],
): Promise<void> {
  const sink: StatementSink = { ...createConnectionSink(scratch), query: undefined };
  await createVersionTable(environment, scratch.serverVersion, sink);
  const { graph } = project;
  const plan = graph.planUpgrade([], heads);
  await tryStepsOnScratch(await loadSteps(plan.steps, project), {
    ...createRunContext(environment, scratch, sink),
    onEvent: () => undefined,
  });
  // The last revision of what a squashed one replaces says the same; the script is for a database that says it like this.
  for (const row of plan.heads) {
    const other = heads.includes(row) ? undefined : heads.find((head) => graph.replacementOf(head) === row);
    if (other !== undefined) await sink.run(environment.versions.compileAction(["update", row, other]));
  }
}

/**
 * Writes a plan as a script, without asking any database: what comes before its start is replayed on a scratch database.
 *
 * @param from revisions that the script starts from; empty for base
 * @param targetVersion the version of the engine that will run it; default: the oldest supported one
 * @throws CommandError when that is no version, or one that is too old
 */
export async function writeOfflineScript(
  environment: Environment,
  planner: Planner,
  from: readonly string[],
  targetVersion?: string,
): Promise<ScriptResult> {
  const { versions } = environment;
  const version = chooseTargetVersion(environment.dialect, targetVersion);
  const project = readProject(environment);
  const plan = planFrom(planner, project, from);
  const steps = await loadSteps(plan.steps, project);
  return withScratch(environment.openScratch, async (scratch) => {
    if (from.length > 0) await replay(environment, project, scratch, from);
    const { renderScriptStatement: render } = environment.dialect;
    const header = await readScriptHeader(
      environment.dialect,
      scratch,
      renderLimits(environment.dialect, environment.config),
    );
    // Every statement is tried on the scratch database while it is written, so it must be one that this engine knows too.
    const serverVersion = chooseOlderVersion(version, scratch.serverVersion);
    const start = {
      from,
      // Nobody knows where the script will run; a database that was taken back to base still has the table.
      preparation: (target: string) => [
        ...(from.length > 0 ? [] : versions.ensureTable(target)),
        ...environment.history.ensureTable(target),
        ...(from.length > 0 ? [] : [versions.expectNoRow()]),
      ],
      serverVersion,
      render,
      isUnseen: from.length > 0,
      ...(header !== undefined && { header }),
    };
    return collectScript(environment, scratch, { plan, steps, start });
  });
}

/** What a run would go on with, for somebody who has not the lock. @throws LockError (runUnderWay), JournalError (leftHalfway) where it would go elsewhere */
async function readContinuation(
  environment: Environment,
  connection: Connection,
  { project, plan }: { readonly project: Project; readonly plan: PlannedWay },
): Promise<OpenRevision | undefined> {
  const work = await readOpenWork(environment, connection);
  if (work && !isContinuation(plan, work.open)) refuseRunning(connection, work);
  return requireContinuation(environment, connection, { project, plan, open: work?.open });
}

/** Writes what a run on the configured database would do now, starting from the schema it really has, and changes nothing. */
export async function writeDryRunScript(
  environment: Environment,
  planner: Planner,
  project: Project = readProject(environment),
): Promise<ScriptResult> {
  const { dialect, versions, config, history } = environment;
  const live = await readDatabase(environment, async (connection) => {
    const from = await versions.readHeads(connection);
    const plan = planFrom(planner, project, from);
    return {
      from,
      plan,
      open: await readContinuation(environment, connection, { project, plan }),
      hasVersionTable: await dialect.hasTable(connection, config.versionTable),
      hasHistory: await history.exists(connection),
      serverVersion: connection.serverVersion,
      found: await introspectDatabase(environment, connection),
    };
  });
  const { plan } = live;
  const steps = await loadSteps(plan.steps, project);
  return withScratch(environment.openScratch, async (scratch) => {
    const leftOut = await buildDatabaseOn(scratch, dialect, live.found);
    if (live.hasVersionTable) {
      const sink = createConnectionSink(scratch);
      await createVersionTable(environment, live.serverVersion, sink);
      for (const head of live.from) await sink.run(versions.compileAction(["insert", head]));
    }
    if (live.hasHistory) await createHistory(environment, live.serverVersion, createConnectionSink(scratch));
    // The driver of the database may bring a newer engine than the scratch database has.
    const serverVersion = chooseOlderVersion(live.serverVersion, scratch.serverVersion);
    return collectScript(environment, scratch, {
      plan,
      steps,
      start: {
        from: live.from,
        preparation: (version: string) => [
          ...(live.hasVersionTable ? [] : versions.createTable(version)),
          ...(live.hasHistory ? [] : history.createTable(version)),
        ],
        ...(live.open && { open: live.open }),
        leftOut,
        serverVersion,
        render: createPreviewRenderer(dialect),
      },
    });
  });
}
