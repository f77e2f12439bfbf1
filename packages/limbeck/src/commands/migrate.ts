import type { Connection } from "../dialect/connection.ts";
import type { PlanNotice, RevisionPlan } from "../graph/revision-plan.ts";
import { commandErrors } from "../kernel/errors/command-errors.ts";
import { graphErrors } from "../kernel/errors/graph-errors.ts";
import { asPrecondition } from "../kernel/errors/as-precondition.ts";
import { journalErrors } from "../kernel/errors/journal-errors.ts";
import type { HistoryState } from "../runtime/journal/history-reader.ts";
import { createRunJournal } from "../runtime/journal/run-journal.ts";
import { createConnectionSink } from "../runtime/statement-sink.ts";
import type { OpenRevision } from "../runtime/journal/open-revision.ts";
import type { Environment } from "./environment.ts";
import { findAhead, findEdited } from "./find-strays.ts";
import { findEmptyDowngrades } from "./find-empty-downgrades.ts";
import { adviseKept } from "./kept-project.ts";
import { requireConsent, watchLosses, type ConsentRequest } from "./losses/consent.ts";
import { loadSteps } from "./load-steps.ts";
import { readProject, shareLoaded, type Project } from "./project.ts";
import { hasChanged, refuseOpen } from "./require-whole.ts";
import { identifyRun } from "./run-context.ts";
import { runPlannedSteps, type StepsOptions, type StepsResult } from "./run-planned-steps.ts";
import { readDatabase, withLock, withLocked } from "./with-database.ts";

/** What `upgrade` and `downgrade` did. */
export interface MigrateResult extends StepsResult {
  /** The database, without any password. */
  readonly database: string;
  /** Where the database stood before; empty for base. */
  readonly from: readonly string[];
  /** Where it stands now. */
  readonly to: readonly string[];
  /** The newest revision of every branch, as the files have it. */
  readonly heads: readonly string[];
  /** How many revisions of the files are not applied yet. */
  readonly pending: number;
  /** What a person should be told about the way that was taken. */
  readonly notices: readonly PlanNotice[];
  /** What the target of an upgrade names, where nothing was run because it is applied already; none for base. */
  readonly applied?: readonly string[];
  /** Revisions that were taken back by a downgrade that is empty, so that what their upgrade did is still there; absent where there is none. */
  readonly emptyDowngrades?: readonly string[];
}

/** The way of a run. */
export interface PlannedWay extends RevisionPlan {
  /** See {@link MigrateResult}. */
  readonly applied?: readonly string[];
}

/** Chooses the way from where a database stands. */
export type Planner = (project: Project, current: readonly string[]) => PlannedWay;

/**
 * Refuses a position that no file describes.
 *
 * @throws CommandError when the database stands at an unknown revision
 * @throws GraphError when it stands at one that was squashed away with its neighbours, and their files are gone
 */
export function requireKnown(project: Project, current: readonly string[]): void {
  const { graph } = project;
  const unknown = current.filter((revision) => !graph.has(revision));
  for (const revision of unknown) {
    const squash = graph.replacementOf(revision);
    const missing = graph.missingOriginals(revision);
    if (squash !== undefined) throw graphErrors.originalsMissing({ revision, squash, missing });
  }
  if (unknown.length > 0) throw commandErrors.databaseAhead({ unknown });
}

/** Whether a way begins with the revision that is open. */
export function isContinuation({ steps }: PlannedWay, { revision, direction }: OpenRevision): boolean {
  const [first] = steps;
  return first?.revision === revision && first.direction === (direction === "upgrade" ? "up" : "down");
}

/**
 * Makes sure that a way begins with what an earlier run left in the middle, if that has changed anything. No run may be at work.
 *
 * @returns what it goes on with; undefined where it begins anew
 * @throws JournalError (leftHalfway)
 */
export async function requireContinuation(
  environment: Environment,
  connection: Connection,
  {
    project,
    plan,
    open,
  }: { readonly project: Project; readonly plan: PlannedWay; readonly open: OpenRevision | undefined },
): Promise<OpenRevision | undefined> {
  if (!open || isContinuation(plan, open)) return open;
  if (await hasChanged(environment, connection, open)) refuseOpen(project, open);
  return undefined;
}

/** Notes of a revision that was begun that nothing of it is there. @returns where the journal stands then */
async function setAside(
  environment: Environment,
  connection: Connection,
  state: HistoryState,
  { revision, direction, checksum }: OpenRevision,
): Promise<HistoryState> {
  const journal = createRunJournal(environment.history, identifyRun(environment), state);
  const subject = { revision, direction, checksum };
  await journal.write(createConnectionSink(connection), subject, [{ event: "rolled back" }]);
  return environment.history.readState(connection);
}

/** Plans from where a database stands. @throws CommandError when no file describes that position */
export function planFrom(planner: Planner, project: Project, current: readonly string[]): PlannedWay {
  requireKnown(project, current);
  return planner(project, current);
}

function describeEnd(
  { dialect, config }: Environment,
  { graph }: Project,
  from: readonly string[],
  plan: PlannedWay,
): Omit<MigrateResult, keyof StepsResult> {
  const pending = graph.planUpgrade(plan.heads, "heads").steps.length;
  const { heads: to, notices, applied } = plan;
  const database = dialect.redactUrl(config.url);
  return { database, from, to, heads: graph.heads, pending, notices, ...(applied && { applied }) };
}

/** A way that is to be gone, and what looks on. */
export interface PlannedRun extends StepsOptions {
  readonly project: Project;
  readonly planner: Planner;
}

/** Moves a database along a plan; the caller holds the lock. */
export async function runPlan(
  environment: Environment,
  connection: Connection,
  { project, planner, ...options }: PlannedRun,
): Promise<MigrateResult> {
  const { versions, history } = environment;
  const from = await versions.readHeads(connection);
  const found = await history.readState(connection);
  const plan = planFrom(planner, project, from);
  const open = await requireContinuation(environment, connection, { project, plan, open: found.open });
  const steps = await loadSteps(plan.steps, project);
  const isAside = found.open !== undefined && open === undefined && steps.length > 0;
  const state = isAside ? await setAside(environment, connection, found, found.open) : found;
  const ran = await runPlannedSteps(environment, connection, { steps, from, state, ...options });
  const emptyDowngrades = await findEmptyDowngrades(steps, project);
  return {
    ...describeEnd(environment, project, from, plan),
    ...ran,
    ...(emptyDowngrades.length > 0 && { emptyDowngrades }),
  };
}

/** Where a database stands, and what is open there. */
interface Standing {
  readonly heads: readonly string[];
  readonly open: OpenRevision | undefined;
}

/**
 * Reads where the database stands, without a lock.
 *
 * @throws JournalError (aheadOfCode, editedAfterApply)
 */
async function readStanding(environment: Environment, project: Project, connection: Connection): Promise<Standing> {
  const { history, versions, config } = environment;
  const heads = await versions.readHeads(connection);
  const unknown = heads.filter((row) => !project.graph.has(row) && project.graph.replacementOf(row) === undefined);
  const outcomes = unknown.length > 0 || config.requireUnedited ? await history.readOutcomes(connection) : [];
  const ahead = findAhead(project, heads, outcomes);
  if (ahead.length > 0) {
    const wayBack = await adviseKept(environment, project, connection);
    throw asPrecondition(journalErrors.aheadOfCode({ ahead, wayBack }));
  }
  const edited = config.requireUnedited ? findEdited(project, heads, outcomes) : [];
  if (edited.length > 0) throw asPrecondition(journalErrors.editedAfterApply({ edited }));
  return { heads, open: (await history.readState(connection)).open };
}

/**
 * Plans from where the database stands. A revision that is open and in the way may be one that runs just now: only under the lock, once no other run is
 * left, does it count as left in the middle.
 *
 * @throws JournalError (leftHalfway)
 */
async function planFirst(
  environment: Environment,
  planner: Planner,
  project: Project,
): Promise<Standing & { readonly plan: PlannedWay }> {
  const read = (connection: Connection): Promise<Standing> => readStanding(environment, project, connection);
  const seen = await readDatabase(environment, read);
  const plan = planFrom(planner, project, seen.heads);
  if (!seen.open || isContinuation(plan, seen.open)) return { ...seen, plan };
  return withLock(environment, (lock) =>
    withLocked(environment, lock, async (connection) => {
      const settled = await read(connection);
      const settledPlan = planFrom(planner, project, settled.heads);
      const request = { project, plan: settledPlan, open: settled.open };
      const open = await requireContinuation(environment, connection, request);
      return { ...settled, open, plan: settledPlan };
    }),
  );
}

/** What a run is asked for, and what it asks for. */
export interface MigrateRequest extends ConsentRequest {
  /** Refuses a database that is not to be touched. It is asked before anything is planned, and once more when no other run is left that could change it. */
  readonly refuse?: (environment: Environment) => Promise<void>;
}

/**
 * Moves the configured database along a plan, alone: another run waits until this one has ended. Where there is nothing
 * to do, no lock is taken and nothing is created.
 *
 * @param read what {@link readProject} read before. Default: it is read now
 * @throws CommandError when it destroys data that nobody agreed to lose
 */
export async function migrate(
  environment: Environment,
  planner: Planner,
  request: MigrateRequest,
  read: Project = readProject(environment),
): Promise<MigrateResult> {
  // What somebody agreed to is what runs, also where a file changes meanwhile.
  const project = shareLoaded(read);
  await request.refuse?.(environment);
  const { heads, open, plan } = await planFirst(environment, planner, project);
  if (plan.steps.length === 0) return { ...describeEnd(environment, project, heads, plan), to: heads, steps: [] };
  // Before anything is created or locked: a file that cannot be loaded must leave nothing behind.
  const steps = await loadSteps(plan.steps, project);
  const agreed = await requireConsent(environment, { steps, open }, request);
  // Planned again inside, because another run may have moved the database while this one waited.
  return withLock(environment, (lock) =>
    withLocked(environment, lock, async (connection) => {
      await request.refuse?.({ ...environment, session: connection });
      const beforeOperation = watchLosses(environment, connection, agreed, request.command);
      const { connectBeside } = lock;
      return runPlan(environment, connection, { project, planner, beforeOperation, connectBeside });
    }),
  );
}
