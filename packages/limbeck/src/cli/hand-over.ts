import { spawn } from "node:child_process";
import { describeSystemError, systemErrorCode } from "../scripts/system-error.ts";
import type { ProgramEnd } from "./world.ts";

const ignore = (): void => undefined;

function describeEnd(code: number | null, signal: string | null): ProgramEnd {
  if (code === 0) return "well";
  return { failure: signal === null ? `ended with exit code ${code}` : `was ended by ${signal}` };
}

const describeStart = (error: Error): ProgramEnd =>
  systemErrorCode(error) === "ENOENT" ? "missing" : { failure: `cannot be started: ${describeSystemError(error)}` };

/** Lets a program have the terminal, without a shell, and waits for its end. */
export async function handOver(
  [program = "", ...args]: readonly string[],
  host: Pick<NodeJS.Process, "cwd" | "env" | "off" | "on" | "stdout">,
): Promise<ProgramEnd> {
  // Ctrl-C goes to both of us, and is meant for the program.
  host.on("SIGINT", ignore);
  try {
    return await new Promise((resolve) => {
      // Where stdout is no terminal, it is for data.
      const stdout = host.stdout.isTTY ? 1 : 2;
      const child = spawn(program, args, { cwd: host.cwd(), env: host.env, stdio: [0, stdout, 2] });
      child.on("error", (error) => resolve(describeStart(error)));
      child.on("close", (code, signal) => resolve(describeEnd(code, signal)));
    });
  } finally {
    host.off("SIGINT", ignore);
  }
}
