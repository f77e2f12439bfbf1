import type { RunEvent } from "../runtime/run-steps.ts";
import type { Environment } from "../commands/environment.ts";
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

/**
 * Chooses how to ask.
 *
 * @returns undefined unless a person sits on both ends, in no pipeline, and nobody waits for JSON
 */
export function choosePrompter(world: World, { json, noColor, ascii }: OutputMode): Prompter | undefined {
  const { stdinIsTTY, stdout, env } = world;
  const isPipeline = env["CI"] !== undefined && env["CI"] !== "" && env["CI"] !== "false";
  if (!stdinIsTTY || !stdout.isTTY || isPipeline || json) return undefined;
  return noColor || ascii || env["TERM"] === "dumb" ? world.plainPrompter : world.prompter;
}

/**
 * Loads the config that the global options name.
 *
 * @throws ConfigError when there is none or it cannot be used
 */
export async function openProject(
  { world, flags }: Session,
  onEvent: (event: RunEvent) => void = () => undefined,
): Promise<Environment> {
  const { openEnvironment } = await import("../commands/environment.ts");
  const { config, url, xArg } = flags;
  return openEnvironment(
    {
      cwd: world.cwd,
      env: world.env,
      x: readArguments(xArg),
      ...(config !== undefined && { configPath: config }),
      ...(url !== undefined && { url }),
    },
    { now: world.now, onEvent },
  );
}
