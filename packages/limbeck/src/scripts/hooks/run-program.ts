import { spawn } from "node:child_process";
import { delimiter, dirname, join } from "node:path";

/** The variables of an environment. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A program to run, in a folder and with an environment. */
export interface ProgramCall {
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Variables;
}

/** How a program ended. */
export interface ProgramEnd {
  /** In words; undefined when it ended well. */
  readonly failure: string | undefined;
  /** What it wrote to stdout and stderr, in its order. */
  readonly output: string;
  /** What it wrote to stdout alone. */
  readonly stdout: string;
}

/**
 * An environment in which the programs of installed packages are found, as in npm scripts.
 *
 * @param folder whose `node_modules/.bin` comes first, then those of the folders around it
 */
export function withInstalledPrograms(env: Variables, folder: string): Variables {
  const folders: string[] = [];
  for (let current = folder; ; current = dirname(current)) {
    folders.push(join(current, "node_modules", ".bin"));
    if (dirname(current) === current) break;
  }
  const name = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  return { ...env, [name]: [...folders, env[name]].filter((part) => part !== undefined).join(delimiter) };
}

/**
 * Runs a program without a shell and without an input, and waits for its end.
 *
 * @throws NodeJS.ErrnoException when it cannot be started: `ENOENT`, `EACCES`
 */
export function runProgram({ words: [program = "", ...args], cwd, env }: ProgramCall): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const pieces: string[] = [];
    const own: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (piece: string) => {
        pieces.push(piece);
        if (stream === child.stdout) own.push(piece);
      });
    }
    child.on("error", reject);
    child.on("close", (code, signal) => {
      const ended = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
      resolve({ failure: code === 0 ? undefined : ended, output: pieces.join(""), stdout: own.join("") });
    });
  });
}
