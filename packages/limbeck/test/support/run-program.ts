import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";

/** The program as it is written. */
export const BIN: string = join(import.meta.dirname, "../../src/cli/bin.ts");

/** The program as `npm run build` makes it, which starts in a third of the time. */
export const BUILT_BIN: string = join(import.meta.dirname, "../../dist/bin.js");

/** How a process ended. */
export interface Ended {
  /** As a shell gives it: 128 and the number of the signal for a process that was killed. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is not as usual. */
export interface ProgramOptions {
  /** A file descriptor. */
  readonly stdout?: number;
  /** The program. Default: that of the source. */
  readonly bin?: string;
  /** Variables besides the inherited ones. */
  readonly env?: NodeJS.ProcessEnv;
  /** In a process group of its own. Default false. */
  readonly detached?: boolean;
  /** Hears all that was written to stderr whenever there is more. */
  readonly onStderr?: (child: ChildProcess, text: string) => void;
}

const SIGNALS: Readonly<Record<string, number>> = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** Runs the program as a process of its own, in a folder. */
export function runProgram(folder: string, args: readonly string[], options: ProgramOptions = {}): Promise<Ended> {
  const { CI: _ci, FORCE_COLOR: _color, VISUAL: _visual, EDITOR: _editor, ...inherited } = process.env;
  const child = spawn(process.execPath, [options.bin ?? BIN, ...args], {
    cwd: folder,
    env: { ...inherited, ...options.env },
    detached: options.detached ?? false,
    stdio: ["ignore", options.stdout ?? "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
    options.onStderr?.(child, stderr);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve({ status: code ?? 128 + (SIGNALS[signal ?? ""] ?? 0), stdout, stderr });
    });
  });
}
