import { redirectConsole } from "./redirect-console.ts";
import { splitCommandLine } from "./command-line.ts";
import { runCli } from "./main.ts";
import { whenTaken } from "./order-writes.ts";
import { createProcessWorld, type HostProcess } from "./process-world.ts";

/** Whether a stream failed because whoever read it has left, as in `limbeck history | head -1`. */
const isReaderGone = ({ code }: NodeJS.ErrnoException): boolean => code === "EPIPE" || code === "ERR_STREAM_DESTROYED";

/** Runs the command line of a process and ends the process with its exit code. */
export async function runProcess(host: HostProcess): Promise<void> {
  const { stdout, stderr } = host;
  const argv = host.argv.slice(2);
  const world = createProcessWorld(host);
  let isOver = false;
  let lost: Error | undefined;

  /** Nobody reads on: no reason to stop a migration half-way. What is written from then on goes nowhere. */
  const noteFailure = (error: Error | null | undefined): void => {
    if (error && !isReaderGone(error)) lost ??= error;
  };
  stdout.on("error", noteFailure);
  stderr.on("error", noteFailure);

  const exit = async (code: number): Promise<void> => {
    if (!lost || code !== 0) return host.exit(code);
    const { reportLostOutput } = await import("./dispatch.ts");
    return host.exit(reportLostOutput(argv, lost, world));
  };

  /** Once all that was written has been taken, the process ends, whatever a config or a driver left open. */
  const end = (code: number): void => {
    if (isOver) return;
    isOver = true;
    whenTaken(stdout, stderr, (failure) => {
      noteFailure(failure);
      void exit(code);
    });
  };

  if (!splitCommandLine(argv).wantsVersion) {
    // Loaded before code of the project can run, because nothing can be loaded while a process ends.
    const { reportEarlyEnd, reportStray } = await import("./dispatch.ts");
    const onStray = (error: unknown): void => end(reportStray(argv, error, world));
    host.on("uncaughtException", onStray);
    host.on("unhandledRejection", onStray);
    host.on("exit", () => {
      if (!isOver) host.exitCode = reportEarlyEnd(argv, world);
    });
  }
  // Never given back: what the project left running may still speak until the process ends.
  redirectConsole(stderr);
  end(await runCli(argv, world));
}
