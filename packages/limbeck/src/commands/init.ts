import { createMigrationEnvironment, OPEN_LINE } from "../config/create-migration-environment.ts";
import { DEFAULT_DATABASE_URL } from "../dialects/registry.ts";

/** What `init` is asked for. */
export interface InitOptions {
  /** The folder that gets the config; absolute. */
  readonly cwd: string;
  /** The migrations folder, relative to it. Default `migrations`. */
  readonly folder?: string;
}

/** What `init` made. */
export interface InitResult {
  /** Paths relative to the folder. */
  readonly created: readonly string[];
  /** The config, relative to the folder. */
  readonly configPath: string;
  /** The line of the config that is left to you: the import of the models. */
  readonly openLine: string;
}

/**
 * Makes a migration environment: a config and a folder for revisions.
 *
 * @throws CommandError when one is there already, or the folder cannot be written
 */
export function init({ cwd, folder = "migrations" }: InitOptions): InitResult {
  const created = createMigrationEnvironment({ root: cwd, migrations: folder, url: DEFAULT_DATABASE_URL });
  return { created, configPath: created[0] ?? "", openLine: OPEN_LINE };
}
