import { moveVersionRows } from "../runtime/version-store.ts";
import { createConnectionSink } from "../runtime/statement-sink.ts";
import type { Environment } from "./environment.ts";
import { LOCK_TIMEOUT, requireKnown } from "./migrate.ts";
import { readProject } from "./project.ts";
import { withDatabase } from "./with-database.ts";

/** What `stamp` is asked for. */
export interface StampOptions {
  /** Revisions that the database is to stand at; `head`, `base`... */
  readonly targets: readonly string[];
  /** Empties the version table first, which also removes revisions that no file describes. Default false. */
  readonly purge?: boolean;
}

/** What `stamp` did. */
export interface StampResult {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/**
 * Writes where the database stands without running any revision, for a database whose schema is already right.
 *
 * @throws GraphError when a target is unknown or ambiguous
 */
export async function stamp(environment: Environment, { targets, purge = false }: StampOptions): Promise<StampResult> {
  const { dialect, database, config, versions } = environment;
  const project = readProject(environment);
  const lock = await dialect.acquireLock(database, LOCK_TIMEOUT);
  try {
    return await withDatabase(environment, async (connection) => {
      const sink = createConnectionSink(connection);
      const from = await versions.readHeads(connection);
      if (!purge) requireKnown(project, from);
      const plan = project.graph.planStamp(purge ? [] : from, targets);
      const { begin, commit, rollback } = dialect.transaction;
      await sink.run(begin);
      try {
        if (!(await dialect.hasTable(connection, config.versionTable))) {
          for (const statement of versions.createTable(connection.serverVersion)) await sink.run(statement);
        }
        if (purge) for (const revision of from) await sink.run(versions.compileAction(["delete", revision]));
        await moveVersionRows(versions, sink, { revision: targets.join(", "), versionRows: plan.versionRows });
        await sink.run(commit);
      } catch (error) {
        await sink.run(rollback).catch(() => undefined);
        throw error;
      }
      return { from, to: plan.heads };
    });
  } finally {
    await lock.release();
  }
}
