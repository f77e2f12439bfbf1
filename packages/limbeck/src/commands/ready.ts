import type { Environment } from "./environment.ts";
import { locateDatabase } from "./current.ts";
import { readProject } from "./project.ts";
import { readDatabase } from "./with-database.ts";

/** Whether the database is fit for the code beside these revision files. */
export interface ReadyResult {
  /** False where revisions have to be run first, or one has to come to its end. */
  readonly ready: boolean;
  /**
   * `ahead`: it stands at a revision that these files do not have, as while a newer version of the code is rolled out. `halfway`: a revision is committed in part, because it
   * runs just now or has stopped there.
   */
  readonly state: "atHead" | "behind" | "ahead" | "halfway";
  /** The ids of the revisions that are missing, in the order they would run; none where the database is ahead. */
  readonly pending: readonly string[];
  /** The revisions that only the database knows. */
  readonly unknown: readonly string[];
}

/**
 * Tells whether an application may serve, for a health check: reads the headers of the revision files, the version table and the journal, and changes nothing.
 *
 * @throws ConnectionError when the database cannot be reached
 *
 * @example
 * const { ready: isReady, pending } = await ready(environment);
 */
export async function ready(environment: Environment): Promise<ReadyResult> {
  const project = readProject(environment);
  const { versions, history } = environment;
  const { rows, open } = await readDatabase(environment, async (connection) => ({
    rows: await versions.readHeads(connection),
    open: (await history.readState(connection)).open,
  }));
  const { unknown } = locateDatabase(environment, project, rows);
  if (open) return { ready: false, state: "halfway", pending: [open.revision], unknown };
  if (unknown.length > 0) return { ready: true, state: "ahead", pending: [], unknown };
  const pending = project.graph.planUpgrade(rows, "heads").steps.map(({ revision }) => revision);
  const isReady = pending.length === 0;
  return { ready: isReady, state: isReady ? "atHead" : "behind", pending, unknown };
}
