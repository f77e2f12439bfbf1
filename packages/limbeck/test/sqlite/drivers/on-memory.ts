import type { Connection } from "../../../src/dialect/connection.ts";
import type { Subject } from "./subject.ts";

/** Runs something on a database in memory that some statements have filled. */
export async function onMemory(
  subject: Subject,
  setup: readonly string[],
  use: (connection: Connection) => Promise<void>,
): Promise<void> {
  const connection = await subject.connect(":memory:");
  try {
    for (const sql of setup) await connection.execute(sql);
    await use(connection);
  } finally {
    await connection.close();
  }
}
