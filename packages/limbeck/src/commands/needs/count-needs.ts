import type { Connection } from "../../dialect/connection.ts";
import type { CountedNeed, DataNeed } from "./data-need.ts";

async function countOne(connection: Connection, query: string | undefined): Promise<number | undefined> {
  if (query === undefined) return undefined;
  try {
    const [row] = await connection.query(query);
    return Number(row?.["found"] ?? 0);
  } catch {
    // A column may be gone, or the user may not read the table: then it is said that nobody has counted.
    return undefined;
  }
}

/** How long one count may take, in milliseconds: a number is not worth reading a huge table for minutes. */
const LIMIT = 10_000;

/**
 * Counts the rows that are not as they have to be, one need after the other.
 *
 * @param limitTime of the engine; not to be given where the session belongs to somebody else
 */
export async function countNeeds(
  connection: Connection,
  needs: readonly DataNeed[],
  limitTime?: (milliseconds: number) => string,
): Promise<readonly CountedNeed[]> {
  if (limitTime) await connection.execute(limitTime(LIMIT));
  const counted: CountedNeed[] = [];
  for (const need of needs) counted.push({ ...need, rows: await countOne(connection, need.count) });
  return counted;
}
