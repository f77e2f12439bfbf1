import type { RunEvent } from "../runtime/run-context.ts";
import type { Environment } from "../commands/environment.ts";
import type { LimitOptions, LoadConfigOptions } from "../config/load-config.ts";
import { readArguments, type GlobalFlags } from "./global-flags.ts";
import type { OutputMode, Terminal } from "./terminal.ts";
import type { Prompter, World } from "./world.ts";

/** What a command has at hand while it runs. */
export interface Session {
  readonly world: World;
  readonly terminal: Terminal;
  readonly flags: GlobalFlags;
  /** Asks the person at the terminal; absent when there is nobody to ask. */
  readonly prompter: Prompter | undefined;
}

/** Whether nobody is there who would read a file, or write one. */
export function isPipeline({ env }: Pick<World, "env">): boolean {
  return env["CI"] !== undefined && env["CI"] !== "" && env["CI"] !== "false";
}

/**
 * Chooses how to ask.
 *
 * @returns undefined unless a person sits on both ends, in no pipeline, and nobody waits for JSON
 */
export function choosePrompter(world: World, { json, noColor, ascii }: OutputMode): Prompter | undefined {
  const { stdinIsTTY, stdout, env } = world;
  if (!stdinIsTTY || !stdout.isTTY || isPipeline(world) || json) return undefined;
  return noColor || ascii || env["TERM"] === "dumb" ? world.plainPrompter : world.prompter;
}

const readOptions = ({ world, flags }: Session): LoadConfigOptions => {
  const { config, url, xArg } = flags;
  return {
    cwd: world.cwd,
    env: world.env,
    x: readArguments(xArg),
    ...(config !== undefined && { configPath: config }),
    ...(url !== undefined && { url }),
  };
};

/** What a command wants to hear of its runs, how they are stopped, and how long they wait. */
export interface RunHooks {
  /** Seconds; default: as the config has it. */
  readonly lockTimeout?: number;
  /** Default: as the config has them. */
  readonly limits?: LimitOptions;
  readonly onEvent?: (event: RunEvent) => void;
  readonly signal?: AbortSignal;
}

/**
 * Loads the config that the global options name.
 *
 * @throws ConfigError when there is none or it cannot be used
 */
export async function openProject(
  session: Session,
  { lockTimeout, limits, ...hooks }: RunHooks = {},
): Promise<Environment> {
  const { openEnvironment } = await import("../commands/environment.ts");
  const { now, watchActivity, version } = session.world;
  // Commands that run nothing of the user's show no progress; what the server tells is told all the same.
  const onEvent = (event: RunEvent): void => {
    if (event.kind === "notice") session.terminal.tell(`${event.notice.severity}: ${event.notice.message}\n`);
  };
  const options = {
    ...readOptions(session),
    ...(lockTimeout !== undefined && { lockTimeout }),
    ...(limits && { limits }),
  };
  return openEnvironment(options, { now, watchActivity, onEvent, toolVersion: version(), ...hooks });
}

/**
 * Loads the config that the global options name, for a command that only reads revision files: no database has to be known.
 *
 * @throws ConfigError when there is none or it cannot be used
 */
export async function openFiles(session: Session): Promise<Pick<Environment, "config">> {
  const { loadConfig } = await import("../config/load-config.ts");
  return { config: await loadConfig({ ...readOptions(session), needsDatabase: false }) };
}
