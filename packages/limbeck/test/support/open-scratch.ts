import { sqlite } from "../../src/dialects/sqlite/index.ts";
import type { Connection } from "../../src/dialect/connection.ts";
import type { Operations } from "../../src/runtime/operations.ts";
import { runRevisionFunction } from "../../src/runtime/run-revision.ts";
import { trackSchema } from "../../src/runtime/schema-tracker.ts";
import { createConnectionSink } from "../../src/runtime/statement-sink.ts";
import { DEFAULT_NAMING_CONVENTION } from "../../src/schema/builder/naming-convention.ts";

/** An in-memory database with some statements run on it, foreign keys off as while a revision runs. */
export async function openScratch(...statements: readonly string[]): Promise<Connection> {
  const connection = await sqlite.openScratch();
  for (const { sql } of sqlite.transaction.prologue) await connection.execute(sql);
  for (const sql of statements) await connection.execute(sql);
  return connection;
}

/** Runs code as the upgrade of a revision would run it, without the transaction around it. */
export async function runUpgrade(
  connection: Connection,
  run: (op: Operations) => unknown,
  path: string = import.meta.filename,
): Promise<void> {
  await runRevisionFunction(
    { revision: "a1", direction: "upgrade", path, run },
    {
      dialect: sqlite,
      connection,
      serverVersion: connection.serverVersion,
      sink: createConnectionSink(connection),
      tracker: trackSchema(sqlite, connection),
      convention: DEFAULT_NAMING_CONVENTION,
    },
  );
}
