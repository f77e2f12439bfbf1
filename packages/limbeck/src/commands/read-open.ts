import type { Connection } from "../dialect/connection.ts";
import type { RunHolder } from "../kernel/run-holder.ts";
import type { OpenRevision } from "../runtime/journal/open-revision.ts";
import type { Environment } from "./environment.ts";

/** A revision that is committed in part. */
export interface OpenWork {
  readonly open: OpenRevision;
  /** The run that is at work on it; absent where it has stopped. */
  readonly run?: RunHolder;
}

/** Reads what is committed in part, and whether a run is at work on it: for those who look on, and have not the lock themselves. */
export async function readOpenWork(
  { dialect, database, config, history }: Environment,
  connection: Connection,
): Promise<OpenWork | undefined> {
  const { open } = await history.readState(connection);
  if (!open) return undefined;
  const run = await dialect.findRun(connection, database, config.versionTable);
  if (run) return { open, run };
  // The run may have come to its end between the two looks.
  const { open: left } = await history.readState(connection);
  return left && { open: left };
}
