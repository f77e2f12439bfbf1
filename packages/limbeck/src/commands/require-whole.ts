import type { Connection } from "../dialect/connection.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { lockErrors } from "../kernel/errors/lock-errors.ts";
import { journalErrors } from "../kernel/errors/journal-errors.ts";
import type { OpenRevision } from "../runtime/journal/open-revision.ts";
import type { Environment } from "./environment.ts";
import { readProject, type Project } from "./project.ts";
import { readOpenWork, type OpenWork } from "./read-open.ts";
import { readDatabase } from "./with-database.ts";

/**
 * Makes sure that no run left a revision in the middle.
 *
 * @throws JournalError (leftHalfway)
 */
export function refuseOpen({ graph }: Pick<Project, "graph">, open: OpenRevision | undefined): void {
  if (!open) return;
  const { revision, direction } = open;
  throw journalErrors.leftHalfway({ revision, direction, isKnown: graph.has(revision) });
}

/**
 * Whether the database is another one than before the revision that is open, or may be: one whose first statement was refused has changed nothing. No run may be at
 * work on it.
 */
export async function hasChanged(
  { dialect }: Pick<Environment, "dialect">,
  connection: Connection,
  { doneUpTo, position, doubt }: OpenRevision,
): Promise<boolean> {
  if (doneUpTo > 0 || position !== undefined || !doubt || doubt.part > 0) return true;
  if (doubt.resolved !== undefined) return doubt.resolved === "applied";
  if (doubt.mayHaveLeft) return true;
  const sql = doubt.statements[doubt.part]?.sql ?? "";
  if (doubt.before === "" || dialect.journal.mayLeaveNoTrace(sql)) return true;
  return (await dialect.journal.capture(connection, sql)) !== doubt.before;
}

/** @throws LockError (runUnderWay) where a run is at work on what is open */
export function refuseRunning({ description }: Connection, { open, run }: OpenWork): void {
  const { revision, direction } = open;
  if (run) throw lockErrors.runUnderWay({ database: description, ...run, revision, direction });
}

/** What is committed in part, or is about to be, as a run is at work on it; undefined where the revision that is open has changed nothing. */
export async function findUnfinished(environment: Environment, connection: Connection): Promise<OpenWork | undefined> {
  const work = await readOpenWork(environment, connection);
  const isUnfinished =
    work !== undefined && (work.run !== undefined || (await hasChanged(environment, connection, work.open)));
  return isUnfinished ? work : undefined;
}

/** What is unfinished; undefined also where the journal may not be read, which is no reason to compare nothing. */
async function findWork(environment: Environment, connection: Connection): Promise<OpenWork | undefined> {
  try {
    return await findUnfinished(environment, connection);
  } catch (error) {
    if (error instanceof LimbeckError && error.reason === "journalUnreadable") return undefined;
    throw error;
  }
}

/**
 * Reads where a database stands that is to be compared with anything: between two revisions there is nothing that it could agree with, and what such a comparison
 * proposes would make it worse.
 *
 * @returns the rows of the version table
 * @throws LockError (runUnderWay) where a run is at work on it
 * @throws JournalError (leftHalfway) where one has stopped
 */
export async function readWhole(environment: Environment, project?: Project): Promise<readonly string[]> {
  const { rows, open } = await readDatabase(environment, async (connection) => {
    const work = await findWork(environment, connection);
    if (work) refuseRunning(connection, work);
    return { rows: await environment.versions.readHeads(connection), open: work?.open };
  });
  // The files are only needed to say what is wrong.
  if (open) refuseOpen(project ?? readProject(environment), open);
  return rows;
}
