import { splitCommandLine } from "./command-line.ts";
import type { World } from "./world.ts";

/**
 * Runs a command line.
 *
 * @param argv without the program and the script
 * @returns the exit code; nothing is thrown
 */
export async function runCli(argv: readonly string[], world: World): Promise<number> {
  const line = splitCommandLine(argv);
  if (line.wantsVersion) {
    world.stdout.write(`${world.version()}\n`);
    return 0;
  }
  const { dispatch } = await import("./dispatch.ts");
  return dispatch(line, world);
}
