import type { Environment } from "./environment.ts";
import { locateDatabase, readRows } from "./current.ts";
import { readProject } from "./project.ts";

/** Whether the database is fit for the code beside these revision files. */
export interface ReadyResult {
  /** False where revisions have to be run first. */
  readonly ready: boolean;
  /** `ahead`: it stands at a revision that these files do not have, as while a newer version of the code is rolled out. */
  readonly state: "atHead" | "behind" | "ahead";
  /** The ids of the revisions that are missing, in the order they would run; none where the database is ahead. */
  readonly pending: readonly string[];
  /** The revisions that only the database knows. */
  readonly unknown: readonly string[];
}

/**
 * Tells whether an application may serve, for a health check: reads the headers of the revision files and the version table, and changes nothing.
 *
 * @throws ConnectionError when the database cannot be reached
 *
 * @example
 * const { ready: isReady, pending } = await ready(environment);
 */
export async function ready(environment: Environment): Promise<ReadyResult> {
  const project = readProject(environment);
  const rows = await readRows(environment);
  const { unknown } = locateDatabase(environment, project, rows);
  if (unknown.length > 0) return { ready: true, state: "ahead", pending: [], unknown };
  const pending = project.graph.planUpgrade(rows, "heads").steps.map(({ revision }) => revision);
  const isReady = pending.length === 0;
  return { ready: isReady, state: isReady ? "atHead" : "behind", pending, unknown };
}
