import { commandErrors } from "../kernel/errors/command-errors.ts";
import type { Environment } from "./environment.ts";
import { LOCK_TIMEOUT, type MigrateResult } from "./migrate.ts";
import { upgrade } from "./upgrade.ts";

/** What `reset` is told. */
export interface ResetOptions {
  /** The caller has agreed to lose every row. */
  readonly confirmed: boolean;
}

/**
 * Erases the database and runs every revision on an empty one.
 *
 * @throws CommandError when nobody agreed to lose the data
 */
export async function reset(environment: Environment, { confirmed }: ResetOptions): Promise<MigrateResult> {
  const { dialect, database, config } = environment;
  if (!confirmed) {
    const consequence = `erases everything in ${dialect.redactUrl(config.url)}`;
    throw commandErrors.consentMissing({ command: "reset", consequence, flag: "--yes" });
  }
  const lock = await dialect.acquireLock(database, LOCK_TIMEOUT);
  try {
    await dialect.eraseDatabase(database);
  } finally {
    await lock.release();
  }
  return upgrade(environment, { target: "heads" });
}
