import { createConnectionSink } from "../runtime/statement-sink.ts";
import type { Environment } from "./environment.ts";
import { readDatabase, withLock, withLocked } from "./with-database.ts";
import { writeVersionScript } from "./write-version-script.ts";

/** What `ensure-version` did. */
export interface EnsureVersionResult {
  /** The database, without any password. */
  readonly database: string;
  /** The version table. */
  readonly table: string;
  /** Whether it was made; false where it was there already. */
  readonly created: boolean;
}

/** What a script is asked for. */
export interface EnsureVersionScriptOptions {
  /** The version of the engine that will run it. Default: the oldest supported one. */
  readonly targetVersion?: string;
}

/** Makes the version table, empty, where there is none; a table that is there is left as it is. */
export async function ensureVersion(environment: Environment): Promise<EnsureVersionResult> {
  const { dialect, config, versions, history } = environment;
  const { versionTable: table } = config;
  const result = { database: dialect.redactUrl(config.url), table };
  if (await readDatabase(environment, (connection) => dialect.hasTable(connection, table))) {
    return { ...result, created: false };
  }
  return withLock(environment, (lock) =>
    withLocked(environment, lock, async (connection) => {
      // Another run may have made it while this one waited.
      if (await dialect.hasTable(connection, table)) return { ...result, created: false };
      const sink = createConnectionSink(connection);
      for (const statement of versions.createTable(connection.serverVersion)) await sink.run(statement);
      if (!(await history.exists(connection))) {
        for (const statement of history.createTable(connection.serverVersion)) await sink.run(statement);
      }
      return { ...result, created: true };
    }),
  );
}

/** Writes a script that makes the version table, without asking a database; it stops where the table is there already. */
export async function scriptEnsureVersion(
  environment: Environment,
  { targetVersion }: EnsureVersionScriptOptions = {},
): Promise<{ readonly script: string }> {
  const note = "create the version table";
  return { script: await writeVersionScript(environment, { from: [], versionRows: [], note, targetVersion }) };
}
