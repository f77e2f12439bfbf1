import type { Environment } from "./environment.ts";
import { requireKnown } from "./migrate.ts";
import type { Project } from "./project.ts";
import { readDatabase } from "./with-database.ts";

const NAMES_CURRENT = /(?:^|[@:])\s*current(?:[+-]\d+)?\s*(?:$|:)/;

/** Whether an identifier, or an end of a range, speaks of where the database stands: `current`, `label@current`, `current-1`. */
const asksPosition = (identifier: string): boolean => NAMES_CURRENT.test(identifier);

/**
 * Where the database stands, for identifiers that speak of it.
 *
 * @returns the rows of the version table; undefined, and no database is asked, where no identifier needs them
 * @throws CommandError when no file describes that position
 */
export async function readPosition(
  environment: Environment,
  project: Project,
  identifiers: readonly string[],
): Promise<readonly string[] | undefined> {
  if (!identifiers.some(asksPosition)) return undefined;
  const rows = await readDatabase(environment, (connection) => environment.versions.readHeads(connection));
  requireKnown(project, rows);
  return rows;
}
