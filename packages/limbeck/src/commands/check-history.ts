import { HistoryError, sayPending } from "../kernel/errors/history-errors.ts";
import { ScriptError } from "../kernel/errors/script-errors.ts";
import { GraphError } from "../kernel/errors/graph-errors.ts";
import { explainNoScratch } from "../runtime/explain-no-scratch.ts";
import { findChanges, leaveOthersAlone } from "./compare-unasked.ts";
import type { ChangeDescription } from "./describe-changes.ts";
import type { Environment } from "./environment.ts";
import { findChangedSince } from "./find-changed-since.ts";
import { findDoneAlready, type DoneAlready } from "./find-done-already.ts";
import { findEdited, type EditedFile } from "./find-strays.ts";
import { requireKnown } from "./migrate.ts";
import { readProject, type Project } from "./project.ts";
import type { BothSides } from "./sides/read-both.ts";
import { readReplayed, type ReadSide } from "./sides/read-side.ts";
import { readDatabase } from "./with-database.ts";

/** How the revisions stand to the models and to the database. */
export interface HistoryVerdict {
  /** What the models say and no revision does: a revision is missing. */
  readonly unwritten: readonly ChangeDescription[];
  /** What would bring the database back to what its revisions make: somebody changed it by hand. */
  readonly drift: readonly ChangeDescription[];
  /** Heads that the database is still to go to. */
  readonly pending: readonly string[];
  /** What the database has already of what pending revisions do, which may fail therefore; absent where it has nothing of it. */
  readonly doneAlready?: DoneAlready;
  /** What was changed by hand since the last run, an object each; empty where nothing was, absent where that is not known or nothing differs. */
  readonly changedSince?: readonly string[];
  /** Applied revisions whose files are others than when they were applied; absent where the database does not differ from them, or none is. */
  readonly edited?: readonly EditedFile[];
  /** Why the revisions were not compared; absent where they were. */
  readonly notCompared?: string;
}

/** There are no revisions that could be wrong. */
export const NO_HISTORY: HistoryVerdict = Object.freeze({ unwritten: [], drift: [], pending: [] });

/** What the journal tells of changes by hand. */
async function findSince(
  environment: Environment,
  { schema }: ReadSide,
): Promise<Pick<HistoryVerdict, "changedSince">> {
  const changedSince = await readDatabase(environment, (connection) =>
    findChangedSince(environment, connection, schema),
  );
  return changedSince ? { changedSince } : {};
}

/** Which files of what ran here were changed afterwards. */
async function findEditedFiles(environment: Environment, project: Project): Promise<Pick<HistoryVerdict, "edited">> {
  const edited = await readDatabase(environment, async (connection) =>
    findEdited(
      project,
      await environment.versions.readHeads(connection),
      await environment.history.readOutcomes(connection),
    ),
  );
  return edited.length > 0 ? { edited } : {};
}

const readRows = (environment: Environment): Promise<readonly string[]> =>
  readDatabase(environment, (connection) => environment.versions.readHeads(connection));

/**
 * What would bring the database back to what the revisions make of an empty one, as far as it has them.
 *
 * @param found the database
 */
export async function findDrift(
  environment: Environment,
  project: Project,
  found: ReadSide,
): Promise<readonly ChangeDescription[]> {
  const rows = await readRows(environment);
  const applied = await readReplayed(environment, project, rows, found.circumstances);
  return findChanges(environment, found, leaveOthersAlone(applied));
}

/** The heads that a database is still to go to, which the files say without being run. */
const listPending = ({ graph }: Project, rows: readonly string[]): readonly string[] =>
  graph.planUpgrade(rows, "heads").steps.length > 0 ? graph.heads : [];

/** What can be said where the revisions are not run. */
async function judgeUnread(environment: Environment, project: Project, notCompared: string): Promise<HistoryVerdict> {
  const rows = await readRows(environment);
  const isKnown = rows.every((row) => project.graph.has(row));
  return { ...NO_HISTORY, pending: isKnown ? listPending(project, rows) : [], notCompared };
}

/**
 * Says which of the three is wrong, by running the revisions on scratch databases: as far as the database has them, and all of them.
 *
 * @param sides the database and the models
 */
async function compareHistory(
  environment: Environment,
  project: Project,
  { found, wanted }: BothSides,
): Promise<HistoryVerdict> {
  if (project.files.length === 0) return NO_HISTORY;
  const rows = await readRows(environment);
  requireKnown(project, rows);
  const pending = listPending(project, rows);
  const all = await readReplayed(environment, project, "heads", found.circumstances);
  const applied = pending.length > 0 ? await readReplayed(environment, project, rows, found.circumstances) : all;
  const drift = await findChanges(environment, found, leaveOthersAlone(applied));
  const subject = { found, applied, all, rows };
  const doneAlready = pending.length > 0 ? await findDoneAlready(environment, project, subject) : undefined;
  return {
    unwritten: await findChanges(environment, all, wanted),
    drift,
    pending,
    ...(drift.length > 0 && (await findEditedFiles(environment, project))),
    ...(doneAlready && { doneAlready }),
  };
}

/** Why revisions cannot be run; the error itself where it is none of that. */
export function explainNotCompared(error: unknown, { config }: Environment): string {
  if (error instanceof HistoryError && error.reason === "startUnreachable")
    return `${error.title} \`limbeck test\` says why.`;
  if (error instanceof GraphError || error instanceof HistoryError) return error.title;
  const reason = explainNoScratch(error, config.scratch);
  if (reason === undefined) throw error;
  return reason;
}

/** What makes the files themselves wrong, whatever the database holds: one that cannot be loaded. */
const findBrokenFile = (error: unknown): ScriptError | undefined =>
  error instanceof HistoryError && error.cause instanceof ScriptError ? error.cause : undefined;

/** A revision that fails where all that the database has below it has run: it will fail there as well. One that is applied may have needed what only that database had. */
async function findBrokenStep(
  environment: Environment,
  { graph }: Project,
  error: unknown,
): Promise<HistoryError | undefined> {
  if (!(error instanceof HistoryError) || error.reason !== "startUnreachable") return undefined;
  const rows = await readRows(environment);
  if (!rows.every((row) => graph.has(row))) return undefined;
  const isPending = graph
    .planUpgrade(rows, "heads")
    .steps.some(({ revision }) => revision === error.context["revision"]);
  return isPending ? sayPending(error) : undefined;
}

async function compareOrSay(
  environment: Environment,
  sides: BothSides,
  requireProof: boolean,
): Promise<HistoryVerdict> {
  const project = readProject(environment);
  if (sides.doubt !== undefined) return judgeUnread(environment, project, sides.doubt);
  try {
    return await compareHistory(environment, project, sides);
  } catch (error) {
    const broken = findBrokenFile(error) ?? (await findBrokenStep(environment, project, error));
    if (broken !== undefined) throw broken;
    if (requireProof) throw error;
    return judgeUnread(environment, project, explainNotCompared(error, environment));
  }
}

/**
 * The same, with less where the revisions cannot be run: then that is said, and the database and the models are compared all the same.
 *
 * @param requireProof fail where they cannot be run
 * @throws ScriptError or GraphError when one of the files cannot be loaded, or is missing below others
 * @throws HistoryError when one that is not applied yet fails
 * @throws CommandError when the database stands at a revision of which there is no file
 */
export async function judgeHistory(
  environment: Environment,
  sides: BothSides,
  requireProof: boolean,
): Promise<HistoryVerdict> {
  const verdict = await compareOrSay(environment, sides, requireProof);
  const { drift, notCompared } = verdict;
  // Where the revisions agree with the database, nothing is left to tell.
  const tells = drift.length > 0 || notCompared !== undefined;
  return { ...verdict, ...(tells && (await findSince(environment, sides.found))) };
}
