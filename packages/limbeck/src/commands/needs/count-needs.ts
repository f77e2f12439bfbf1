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

/** Counts the rows that are not as they have to be, one need after the other. */
export async function countNeeds(connection: Connection, needs: readonly DataNeed[]): Promise<readonly CountedNeed[]> {
  const counted: CountedNeed[] = [];
  for (const need of needs) counted.push({ ...need, rows: await countOne(connection, need.count) });
  return counted;
}
