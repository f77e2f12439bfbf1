import { journalErrors } from "../kernel/errors/journal-errors.ts";
import type { OpenRevision } from "../runtime/journal/open-revision.ts";
import type { Environment } from "./environment.ts";
import { readProject, type Project } from "./project.ts";
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
 * Reads where a database stands that is to be compared with anything: between two revisions there is nothing that it could agree with, and what such a comparison
 * proposes would make it worse.
 *
 * @returns the rows of the version table
 * @throws JournalError (leftHalfway)
 */
export async function readWhole(environment: Environment, project?: Project): Promise<readonly string[]> {
  const { versions, history } = environment;
  const { rows, open } = await readDatabase(environment, async (connection) => ({
    rows: await versions.readHeads(connection),
    open: (await history.readState(connection)).open,
  }));
  // The files are only needed to say what is wrong.
  if (open) refuseOpen(project ?? readProject(environment), open);
  return rows;
}
