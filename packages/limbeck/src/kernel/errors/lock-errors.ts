import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";

/** The lock that keeps two runs apart could not be had. */
export class LockError extends LimbeckError {
  override readonly name: string = "LockError";
}

type LockErrorContexts = {
  readonly heldByAnotherRun: {
    readonly database: string;
    /** Who holds it, for people: process and host; empty when it is not known. */
    readonly holder: string;
    /** When the holder began, ISO 8601; empty when it is not known. */
    readonly since: string;
    /** How long this run waited, in milliseconds. */
    readonly waited: number;
  };
  /** What was waited for, for people: "another run ...". */
  readonly stoppedWaiting: { readonly reason: string };
  readonly lockUnusable: { readonly path: string; readonly message: string };
};

type Held = Pick<LockErrorContexts["heldByAnotherRun"], "database" | "holder" | "since">;

const describeHolder = ({ database, holder, since }: Held): string =>
  `Another run is migrating ${database}: ${holder === "" ? "it has not said who it is" : holder}${since === "" ? "" : `, since ${since}`}`;

/** Why a run waits for its turn, in words that "because" can precede. */
export const describeWait = (held: Held): string => describeHolder(held).replace(/^A/, "a");

const family = defineErrors<LockErrorContexts>(LockError, EXIT_CODES.locked, {
  heldByAnotherRun: {
    code: "LB0801",
    title: (held) => `${describeHolder(held)}.`,
    why: ({ waited }) =>
      `This run waited ${(waited / 1000).toFixed(1)} s for it to end; two runs at once could apply a revision twice. Nothing was changed.`,
    fix: () => ["limbeck current"],
    explain:
      "Every run that has work to do holds a lock, so that two runs never interleave. Wait for the other one and run the command again: it looks " +
      "anew at where the database stands. The lock needs no cleaning up: the system frees it when its holder ends, even when it is killed.",
  },
  stoppedWaiting: {
    code: "LB0803",
    exitCode: EXIT_CODES.interrupted,
    title: () => "Stopped on request while waiting for the database.",
    why: ({ reason }) => `Waiting because ${reason}. Nothing was changed.`,
    fix: () => ["limbeck status"],
    explain:
      "Ctrl-C, or a signal of the system, ended a command that was waiting for its turn. It had not begun to change anything.",
  },
  lockUnusable: {
    code: "LB0802",
    title: ({ path }) => `The migration lock ${path} cannot be used.`,
    why: ({ message }) => `The engine says: ${message}`,
    fix: ({ path }) => [`ls -l ${path}`],
    explain:
      "The lock is a small file beside the database. It could not be created or locked, for example because the folder is read-only or because " +
      "something else has that name. If no run is active it may be deleted.",
  },
});

/** Builds the errors of the migration lock. */
export const lockErrors: ErrorFamily<LockErrorContexts>["create"] = family.create;

/** The migration lock's part of the error catalogue. */
export const lockErrorEntries: readonly CatalogueEntry[] = family.entries;
