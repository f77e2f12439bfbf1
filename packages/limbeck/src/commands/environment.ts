import { loadConfig, type LoadConfigOptions } from "../config/load-config.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { loadDialect } from "../dialects/registry.ts";
import { createVersionStore, type VersionStore } from "../runtime/version-store.ts";
import type { RunEvent } from "../runtime/run-steps.ts";

/** Everything a command works with; two environments in one process know nothing of each other. */
export interface Environment {
  readonly config: ResolvedConfig;
  readonly dialect: Dialect;
  readonly versions: VersionStore;
  /** The wall clock, for dates in files. */
  readonly now: () => Date;
  /** Milliseconds on a steady clock, for durations. */
  readonly clock: () => number;
  /** Twelve random hexadecimal digits. */
  readonly randomId: () => string;
  /** Hears what a run does while it goes on. */
  readonly onEvent: (event: RunEvent) => void;
}

/** Parts of the environment that a caller may bring instead of the usual ones. */
export type EnvironmentOverrides = Partial<Pick<Environment, "now" | "clock" | "randomId" | "onEvent">>;

const randomHex = (): string => crypto.randomUUID().replaceAll("-", "").slice(-12);

/**
 * Loads the config and prepares what commands need; opens no connection.
 *
 * @throws ConfigError when there is no config or it cannot be used
 *
 * @example
 * const environment = await openEnvironment({ cwd: process.cwd(), env: process.env });
 * await upgrade(environment, { target: "head" });
 */
export async function openEnvironment(options: LoadConfigOptions, overrides: EnvironmentOverrides = {}): Promise<Environment> {
  const loaded = await loadConfig(options);
  const dialect = await loadDialect(loaded.url);
  const config = { ...loaded, url: dialect.resolveUrl(loaded.url, loaded.urlFolder) };
  return {
    config,
    dialect,
    versions: createVersionStore(dialect, config.versionTable),
    now: () => new Date(),
    clock: () => performance.now(),
    randomId: randomHex,
    onEvent: () => undefined,
    ...overrides,
  };
}
