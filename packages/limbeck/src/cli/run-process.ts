import { runCli } from "./main.ts";
import { createProcessWorld, type HostProcess } from "./process-world.ts";

/** Ends the process once everything that was written has been taken, whatever a config or a driver left open. */
function exitWith({ stdout, stderr, exit }: HostProcess, code: number): void {
  stdout.write("", () => stderr.write("", () => exit(code)));
}

/** Whether a stream failed because whoever read it has left, as in `limbeck history | head -1`. */
const isReaderGone = ({ code }: NodeJS.ErrnoException): boolean => code === "EPIPE" || code === "ERR_STREAM_DESTROYED";

/** Runs the command line of a process and ends the process with its exit code. */
export async function runProcess(host: HostProcess): Promise<void> {
  const argv = host.argv.slice(2);
  const world = createProcessWorld(host);
  const failWith = async (error: unknown): Promise<void> => {
    const { reportFailure } = await import("./dispatch.ts");
    exitWith(host, reportFailure(argv, error, world));
  };
  host.on("uncaughtException", (error) => void failWith(error));
  host.on("unhandledRejection", (error) => void failWith(error));
  for (const stream of [host.stdout, host.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      // Nobody reads on: no reason to stop a migration half-way. What is written from now on goes nowhere.
      if (!isReaderGone(error)) throw error;
    });
  }
  exitWith(host, await runCli(argv, world));
}
