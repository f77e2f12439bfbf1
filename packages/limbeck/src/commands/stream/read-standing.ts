import type { Environment } from "../environment.ts";
import { readDatabase } from "../with-database.ts";

/**
 * Where a database stands once a run is over, however it ended.
 *
 * @returns null where the database cannot be asked
 */
export async function readStanding(environment: Environment): Promise<readonly string[] | null> {
  // A run that was stopped is no reason to break off this question as well.
  const calm: Environment = { ...environment, signal: undefined, onEvent: () => undefined };
  try {
    return await readDatabase(calm, (connection) => environment.versions.readHeads(connection));
  } catch {
    return null;
  }
}
