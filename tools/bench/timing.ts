import { spawnSync } from "node:child_process";

/** What was measured of one contestant, in milliseconds. */
export interface Timing {
  readonly median: number;
  readonly min: number;
}

/** One of the things that are compared. */
export interface Contestant {
  readonly name: string;
  /** Runs before each measurement and is not part of it. */
  readonly prepare?: () => void;
  /** Does the work once and returns the milliseconds it took. */
  readonly time: () => number;
}

/** Bytes of output that a process may have: a large schema as JSON has millions. */
const MOST_OUTPUT = 256 * 1024 * 1024;

/** A process that came to its end. */
export interface ProcessRun {
  readonly milliseconds: number;
  readonly stdout: string;
}

/** How a process is started. */
export interface ProcessOptions {
  readonly cwd: string;
  /** The whole environment: nothing is inherited, because some variables slow every start down. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Runs a program from start to end.
 *
 * @throws Error when it fails: a failure must not pass for a fast run
 */
export function runProgram(program: string, args: readonly string[], { cwd, env }: ProcessOptions): ProcessRun {
  const start = performance.now();
  const result = spawnSync(program, args, {
    cwd,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: MOST_OUTPUT,
  });
  const milliseconds = performance.now() - start;
  if (result.status === 0) return { milliseconds, stdout: result.stdout };
  const reason = result.error?.message ?? `exit code ${result.status ?? result.signal}`;
  throw new Error(`${program} ${args.join(" ")}\nin ${cwd}: ${reason}\n${result.stdout}${result.stderr}`);
}

/** Runs a script in the Node that runs this file; see {@link runProgram}. */
export function runNode(args: readonly string[], options: ProcessOptions): ProcessRun {
  return runProgram(process.execPath, args, options);
}

function summarize(samples: readonly number[]): Timing {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return { median: middle.reduce((sum, one) => sum + one, 0) / middle.length, min: sorted[0] ?? Number.NaN };
}

/**
 * Measures contestants in turns (A B C, A B C, ...), so that a machine that is busy for a while is busy for all of them.
 *
 * @param rounds how often each is measured; as many more rounds before that only warm caches up
 */
export function interleave<Name extends string>(
  contestants: readonly (Contestant & { readonly name: Name })[],
  { rounds, warmUps }: { readonly rounds: number; readonly warmUps: number },
): (name: Name) => Timing {
  const samples = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const { name, prepare, time } of contestants) {
      prepare?.();
      const milliseconds = time();
      if (round >= 0) samples.get(name)?.push(milliseconds);
    }
  }
  return (name) => summarize(samples.get(name) ?? []);
}
