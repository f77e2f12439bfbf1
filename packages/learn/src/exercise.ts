import type { Engine, ServerEngine } from "./engine.ts";
import type { Learner } from "./learner.ts";
import type { Step } from "./step.ts";

/** What is wrong with a state, and how to go on. */
export interface Finding {
  /** Names the wrong state, for example `downgrade-leaves-table`. */
  readonly name: string;
  /** What was found, in a sentence. */
  readonly because: string;
  /** What to do about it. */
  readonly fix: string;
}

/** One thing that has to be so. */
export interface Check {
  /** What is so once the check passes. */
  readonly title: string;
  /** Looks at files and databases, and gives what is wrong; nothing when all is well. */
  readonly find: (learner: Learner) => Promise<Finding | undefined>;
}

/** A state that learners get into, and the finding that has to tell them. */
export interface WrongState {
  /** The name of the finding. */
  readonly trips: string;
  /** What leads there from the start of the exercise. */
  readonly steps: readonly Step[];
}

/** The parts that the exercises belong to, in their order. */
export const PARTS = ["The ten steps", "Soft delete", "Break it, and mend it", "On a server"] as const;

/** One exercise. */
export interface Exercise {
  /** For example `05-edit`. */
  readonly id: string;
  readonly part: (typeof PARTS)[number];
  readonly title: string;
  readonly minutes: number;
  /** The folder inside the project that it plays in, a project of its own. Default: the project. */
  readonly folder?: string;
  /** The server on which it has a database of its own; absent where files are enough. */
  readonly engine?: ServerEngine;
  /** Paragraphs; lines that begin with four spaces are code. */
  readonly text: readonly string[];
  /** What is laid out for it. Default: nothing. */
  readonly start?: readonly Step[];
  readonly checks: readonly Check[];
  /** From a pointer to nearly the answer. */
  readonly hints: readonly [string, string, string];
  /** One way to solve it. */
  readonly solution: readonly Step[];
  readonly wrongStates: readonly WrongState[];
  /** What is worth remembering, said after success. */
  readonly learned: string;
}

/** What an exercise plays on. */
export const engineOf = ({ engine }: Exercise): Engine => engine ?? "sqlite";

/**
 * Says that something is wrong.
 *
 * @example
 * return finding("not-applied", "The database stands at base.", "limbeck upgrade head");
 */
export const finding = (name: string, because: string, fix: string): Finding => ({ name, because, fix });
