import { spawn } from "node:child_process";
import { join } from "node:path";
import type { CrashEngine } from "./crash-engine.ts";

const BIN = join(import.meta.dirname, "../../src/cli/bin.ts");
const HOOK = join(import.meta.dirname, "kill-at-statement.ts");

/** When a run is killed; at statement 0 it is not. */
export interface Kill {
  readonly at: number;
  readonly how: "before" | "during";
  /** Milliseconds after the statement was sent. */
  readonly delay: number;
}

/** A run that is not killed, and counts its statements. */
export const NO_KILL: Kill = { at: 0, how: "before", delay: 0 };

/** How a process ended. */
export interface Ended {
  readonly signal: string | null;
  readonly status: number | null;
  readonly stderr: string;
}

/** Runs a command line in a process of its own, which is killed at one of its statements. */
export function runKilled(
  { driver }: CrashEngine,
  folder: string,
  args: readonly string[],
  { at, how, delay }: Kill,
): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", HOOK, BIN, ...args], {
    cwd: folder,
    env: {
      ...process.env,
      // Written by the run that is not killed; a process that is killed writes none, and would compile everything each time.
      NODE_COMPILE_CACHE: join(folder, ".compiled"),
      KILL_AT: String(at),
      KILL_HOW: how,
      KILL_DELAY: String(delay),
      KILL_DRIVER: driver,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => {
    // Not "exit": what it wrote last may still be on its way then.
    child.on("close", (status, signal) => resolve({ status, signal, stderr }));
  });
}

/** How many statements a run had that was not killed. */
export const countStatements = ({ stderr }: Ended): number => Number(/STATEMENTS (\d+)/.exec(stderr)?.[1]);

/** When a run was killed, in milliseconds since 1970. */
export const readKillTime = ({ stderr }: Ended): number => Number(/KILLED (\d+)/.exec(stderr)?.[1]);
