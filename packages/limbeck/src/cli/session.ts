import type { RunEvent } from "../runtime/run-steps.ts";
import type { Environment } from "../commands/environment.ts";
import { readArguments, type GlobalFlags } from "./global-flags.ts";
import type { Terminal } from "./terminal.ts";
import type { World } from "./world.ts";

/** What a command has at hand while it runs. */
export interface Session {
  readonly world: World;
  readonly terminal: Terminal;
  readonly flags: GlobalFlags;
  /** Whether there is somebody to ask. */
  readonly canAsk: boolean;
}

/** Whether questions make sense: a person on both ends, no pipeline, nobody who waits for JSON. */
export function canAsk({ stdinIsTTY, stdout, env }: World, json: boolean): boolean {
  const isPipeline = env["CI"] !== undefined && env["CI"] !== "" && env["CI"] !== "false";
  return stdinIsTTY && stdout.isTTY && !isPipeline && !json;
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
