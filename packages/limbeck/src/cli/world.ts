import type { ActivityWatch } from "../runtime/revision-target.ts";

/** Where text goes. */
export interface OutputStream {
  readonly write: (text: string) => void;
  readonly isTTY: boolean;
  /** Width of the terminal, when there is one. */
  readonly columns: number | undefined;
}

/** One of the answers that a person may choose from. */
export interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
}

/** Asks a person. Each question rejects with {@link Cancelled} when the person leaves it with Ctrl-C. */
export interface Prompter {
  /** A yes-or-no question; the answer that Enter gives is no. */
  readonly confirm: (message: string) => Promise<boolean>;
  /** A question that is answered in words. */
  readonly type: (message: string) => Promise<string>;
  readonly select: <Value extends string>(message: string, choices: readonly Choice<Value>[]) => Promise<Value>;
}

/** Someone left a question without an answer. */
export class Cancelled extends Error {
  override readonly name: string = "Cancelled";
}

/** Someone said no. */
export class Declined extends Error {
  override readonly name: string = "Declined";
}

/** How a program ended: well, or not at all because it is not there, or how it failed, as in "It ended with exit code 1". */
export type ProgramEnd = "well" | "missing" | { readonly failure: string };

/** Everything outside the program that the command line touches; tests bring their own. */
export interface World {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For the data that was asked for. */
  readonly stdout: OutputStream;
  /** For the story: progress, notes, errors. */
  readonly stderr: OutputStream;
  readonly stdinIsTTY: boolean;
  readonly prompter: Prompter;
  /** Asks without colours, signs or cursor movements. */
  readonly plainPrompter: Prompter;
  /** Lets a program have the terminal, without a shell, and waits for its end. */
  readonly handOver: (words: readonly string[]) => Promise<ProgramEnd>;
  /** The wall clock. */
  readonly now: () => Date;
  /**
   * Runs work that can be stopped, with Ctrl-C for example: the first time the signal asks it to stop; the second time the process ends at once, as it does at any other
   * time.
   */
  readonly interruptible: <Result>(run: (signal: AbortSignal) => Promise<Result>) => Promise<Result>;
  /** Takes note of what the process does; see {@link ActivityWatch}. */
  readonly watchActivity: () => ActivityWatch;
  /** The words that start this program once more, in the place of `limbeck`. */
  readonly ownCommand: readonly string[];
  /** The version of the package. */
  readonly version: () => string;
}
