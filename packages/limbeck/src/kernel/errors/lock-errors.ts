import { EXIT_CODES } from "../exit-code.ts";
import type { RunHolder } from "../run-holder.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";

/** The lock that keeps two runs apart could not be had. */
export class LockError extends LimbeckError {
  override readonly name: string = "LockError";
}

/** A lock that another run has. */
interface Held extends RunHolder {
  readonly database: string;
}

type LockErrorContexts = {
  readonly heldByAnotherRun: Held & {
    /** How long this run waited, in milliseconds. */
    readonly waited: number;
  };
  readonly runUnderWay: Held & { readonly revision: string; readonly direction: "upgrade" | "downgrade" };
  /** What was waited for, for people: "another run ...". */
  readonly stoppedWaiting: { readonly reason: string };
  readonly lockLost: {
    readonly database: string;
    /** How long the lock lasts without a sign of life, in milliseconds. */
    readonly lease: number;
  };
  readonly needsAnotherSession: Readonly<Record<string, never>>;
  readonly lockTableRefused: { readonly database: string; readonly table: string; readonly message: string };
  readonly lockUnusable: { readonly path: string; readonly message: string };
};

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
  runUnderWay: {
    code: "LB0807",
    title: (held) => `${describeHolder(held)}.`,
    why: ({ revision, direction }) =>
      `It is in the middle of the ${direction} of ${revision}, so that the schema is on its way from one revision to the next. Nothing was changed. Run the command again once it has ended.`,
    fix: () => ["limbeck status"],
    explain:
      "Some of a revision is committed, and the run that works on it has the lock, so it goes on. `limbeck status` says when it is over; then run the command again. " +
      "On a cluster of servers the lock of a run that died on another server still looks taken: the next `limbeck upgrade` finds that out within seconds, and goes on behind what is done.",
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
  lockLost: {
    code: "LB0804",
    title: ({ database }) => `This run no longer has the lock of ${database}, so that it sends no further statement.`,
    why: ({ lease }) =>
      `For ${lease / 1000} s it could not show the cluster that it lives, and another run may have taken its place. What it had committed stays, and the journal says how far it came.`,
    fix: () => ["limbeck status", "limbeck upgrade head"],
    explain:
      "On a cluster of servers the lock is a row, and whoever holds it renews it every few seconds. A process that was stopped for longer, or cut off from its " +
      "server, counts as dead, because a dead one must not keep others waiting for good. It finds that out before its next statement, and ends. Run the command " +
      "again: it waits for the other run, and goes on behind what is done.",
  },
  needsAnotherSession: {
    code: "LB0805",
    exitCode: EXIT_CODES.usage,
    title: () =>
      "On a cluster, a run needs a second session, and the connection that was handed over does not say how to open one.",
    why: () =>
      "The lock is a row there, which has to be renewed while the session of the run is busy. Nothing was changed.",
    fix: () => ["hand over a pool, or set url in the config"],
    explain:
      "The named lock of one server says nothing to the others of its cluster. So the lock is a row, and lasts as long as its holder renews it. A pool, and a URL, " +
      "lead to as many sessions as are needed; a single connection of some drivers does not.",
  },
  lockTableRefused: {
    code: "LB0806",
    title: ({ database }) => `The user of ${database} lacks a right to the table of the lock.`,
    why: ({ message }) => `The database says: ${message}. Nothing was changed.`,
    fix: ({ table }) => [
      "GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON <database>.* TO <user>",
      `GRANT SELECT, INSERT, UPDATE, DELETE ON <database>.${table} TO <user>`,
    ],
    explain:
      "On a cluster of servers the lock is a row of a table beside the version table. The first run creates that table, and needs the right to do so. Where the table is there, reading and " +
      "changing its rows is enough. A user who has both may also run limbeck once, or grant either with one of the statements.",
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
