import type { ExitCode } from "../kernel/exit-code.ts";

/** What a piece of text of an exercise is; how that looks, the command line decides. */
export type LearnTone = "good" | "error" | "warning" | "dim" | "strong" | "command";

/** How text looks on the terminal. */
export interface LearnLook {
  /** Columns that prose is wrapped at. */
  readonly width: number;
  readonly symbols: { readonly done: string; readonly error: string; readonly dot: string; readonly arrow: string };
  readonly paint: (tone: LearnTone, text: string) => string;
}

/** What was typed behind `limbeck learn`. */
export interface LearnRequest {
  /** Absent when nothing was; the exercise at hand is shown then. */
  readonly action: string | undefined;
  /** What belongs to the action, as the folder to `start`. */
  readonly argument: string | undefined;
  /** Whether the solution is wanted before the exercise is solved. */
  readonly show: boolean;
  /** Whether databases are dropped without a question. */
  readonly yes: boolean;
}

/** What the exercises have to do with the world by. */
export interface LearnHost {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The program and its first arguments that run a Limbeck command, in the place of `limbeck`. */
  readonly command: readonly string[];
  readonly look: LearnLook;
  /** Whether a person sits on both ends. */
  readonly isInteractive: boolean;
  /** Asks a person, where one is there, a question of yes or no. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
  /** Writes on the screen while a command goes on. */
  readonly write: (text: string) => void;
}

/** What a command of the exercises has to say once it is done. */
export interface LearnOutcome {
  /** What `--json` prints. */
  readonly data: unknown;
  readonly output: (look: LearnLook) => string;
  readonly exitCode?: ExitCode;
}

/** What `@limbeck/learn` exports. */
export interface LearnPackage {
  readonly runLearn: (request: LearnRequest, host: LearnHost) => Promise<LearnOutcome>;
}
