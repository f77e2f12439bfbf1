import type { Environment } from "./environment.ts";
import { readDatabase } from "./with-database.ts";

const NAMES_CURRENT = /(?:^|[@:])\s*current(?:[+-]\d+)?\s*(?:$|:)/;

/** Whether an identifier, or an end of a range, speaks of where the database stands: `current`, `label@current`, `current-1`. */
const asksPosition = (identifier: string): boolean => NAMES_CURRENT.test(identifier);

/**
 * Where the database stands, for identifiers that speak of it.
 *
 * @returns the rows of the version table; undefined, and no database is asked, where no identifier needs them
 */
export async function readPosition(
  environment: Environment,
  identifiers: readonly string[],
): Promise<readonly string[] | undefined> {
  if (!identifiers.some(asksPosition)) return undefined;
  return readDatabase(environment, (connection) => environment.versions.readHeads(connection));
}
