import { dirname } from "node:path";
import { findMemoryFolder } from "../config/find-memory-folder.ts";
import { loadConfig, type LoadConfigOptions } from "../config/load-config.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { Connection } from "../dialect/connection.ts";
import type { DatabaseTarget, Dialect, Reach, ScratchOptions } from "../dialect/dialect.ts";
import type { StopSignal } from "../dialect/stop-signal.ts";
import { identifyConnection, loadDialect, type IdentifiedConnection } from "../dialects/registry.ts";
import { chooseLimits } from "./limits.ts";
import { createHistoryStore, type HistoryStore } from "../runtime/journal/history-store.ts";
import { createVersionStore, type VersionStore } from "../runtime/version-store.ts";
import { createReadingMemory, type ReadingMemory } from "../runtime/memory/reading-memory.ts";
import type { OpenScratch } from "../runtime/scratch.ts";
import type { ActivityWatch } from "../runtime/revision-target.ts";
import type { RunEvent } from "../runtime/run-context.ts";

/** Everything a command works with; two environments in one process know nothing of each other. */
export interface Environment {
  readonly config: ResolvedConfig;
  readonly dialect: Dialect;
  /** What commands work on: the URL of the config, or the connection that takes its place. */
  readonly database: DatabaseTarget;
  /** The session through which to look, where another one may not be had: a run that has the lock of an engine with one session. Default: each look opens one. */
  readonly session?: Connection;
  /** Opens an empty throw-away database that is reached like the configured one, so that the same version of the engine runs it. */
  readonly openScratch: OpenScratch;
  /** What scratch databases of the project said; absent where there is no place to keep it. */
  readonly memory?: ReadingMemory;
  readonly versions: VersionStore;
  readonly history: HistoryStore;
  /** The version of Limbeck, for the journal. */
  readonly toolVersion: string;
  /** The environment, for programs that hooks run. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The wall clock, for dates in files. */
  readonly now: () => Date;
  /** Milliseconds on a steady clock, for durations. */
  readonly clock: () => number;
  /** Twelve random hexadecimal digits. */
  readonly randomId: () => string;
  /** Hears what a run does while it goes on. */
  readonly onEvent: (event: RunEvent) => void;
  /** Asks what goes on to stop: a wait ends, a revision that runs is rolled back, and the command fails with exit code 130. */
  readonly signal?: StopSignal | undefined;
  /** Takes note of what the process does, so that a revision is over only when what it began is over too. Default: nothing is waited for. */
  readonly watchActivity?: (() => ActivityWatch) | undefined;
}

/** Parts of the environment that a caller may bring instead of the usual ones. */
export type EnvironmentOverrides = Partial<
  Pick<Environment, "now" | "clock" | "randomId" | "toolVersion" | "onEvent" | "signal" | "watchActivity">
>;

const randomHex = (): string => crypto.randomUUID().replaceAll("-", "").slice(-12);

async function findDatabase({ connection, url, urlFolder }: ResolvedConfig): Promise<IdentifiedConnection> {
  if (connection) return identifyConnection(connection);
  const dialect = await loadDialect(url);
  return { dialect, url: dialect.resolveUrl(url, urlFolder) };
}

/** By which way the databases of a project are reached. */
export function chooseReach({ driver, variables, readPassword }: ResolvedConfig): Reach {
  return { env: variables, ...(driver !== undefined && { driver }), ...(readPassword && { readPassword }) };
}

/** How scratch databases of a project are had. */
export function scratchOptions(config: ResolvedConfig, database: DatabaseTarget): ScratchOptions {
  return {
    ...chooseReach(config),
    beside: database,
    ...(config.scratch !== undefined && { url: config.scratch }),
  };
}

function openMemory(configPath: string): Pick<Environment, "memory"> {
  const folder = findMemoryFolder(dirname(configPath));
  return folder === undefined ? {} : { memory: createReadingMemory(folder) };
}

/**
 * Loads the config and prepares what commands need; opens no connection.
 *
 * @throws ConfigError when there is no config or it cannot be used
 *
 * @example
 * const environment = await openEnvironment({ cwd: process.cwd(), env: process.env });
 * await upgrade(environment, { target: "head" });
 */
export async function openEnvironment(
  options: LoadConfigOptions,
  overrides: EnvironmentOverrides = {},
): Promise<Environment> {
  const loaded = await loadConfig(options);
  const { dialect, url } = await findDatabase(loaded);
  const config = {
    ...loaded,
    url,
    ...(loaded.scratch !== undefined && { scratch: dialect.resolveUrl(loaded.scratch, dirname(loaded.path)) }),
  };
  chooseLimits(dialect, config);
  const database = loaded.connection ?? url;
  const told = new Set<string>();
  const onEvent = overrides.onEvent ?? (() => undefined);
  return {
    config,
    dialect,
    database,
    openScratch: () =>
      dialect.openScratch({
        ...scratchOptions(config, database),
        onNotice: (notice) => {
          // A command opens several.
          if (!told.has(notice.message)) onEvent({ kind: "notice", notice });
          told.add(notice.message);
        },
      }),
    ...openMemory(config.path),
    versions: createVersionStore(dialect, config.versionTable, config.historyTable),
    history: createHistoryStore(dialect, config.historyTable),
    toolVersion: "unknown",
    env: options.env,
    now: () => new Date(),
    clock: () => performance.now(),
    randomId: randomHex,
    onEvent: () => undefined,
    ...overrides,
  };
}
