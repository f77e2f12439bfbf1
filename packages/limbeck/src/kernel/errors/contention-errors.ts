import { EXIT_CODES } from "../exit-code.ts";
import { describeHolders, type LockHolder } from "../lock-holder.ts";
import { isOver, type LockFailure } from "../lock-retry.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { ExecutionError, ROLLED_BACK, RUN } from "./execution-errors.ts";

/** A statement of a revision that failed for other sessions, or for a limit. */
interface Failed {
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade";
  /** `file:line:column` of the call in the revision file, when known. */
  readonly location: string;
  /** What the statement belongs to, in words; empty where it is none of the revision's own. */
  readonly operation: string;
  readonly sql: string;
  readonly databaseMessage: string;
  /** How long the last try of it took, in milliseconds. */
  readonly waited: number;
}

type ContentionErrorContexts = {
  readonly lockNotHad: Failed & {
    readonly cause: LockFailure;
    readonly holders: readonly LockHolder[];
    /** How often it was tried. */
    readonly attempts: number;
    /** How long one try waits, in seconds. */
    readonly lockTimeout: number;
  };
  readonly statementTooLong: Failed & {
    /** How long a statement may take, in seconds. */
    readonly statementTimeout: number;
  };
};

const name = ({ operation, sql, location }: Failed): string =>
  `"${operation === "" ? sql : operation}"${location === "" ? "" : ` (${location})`}`;

const describeFailure = ({ databaseMessage, sql }: Failed): string =>
  `The database says: ${databaseMessage}\nStatement: ${sql}`;

const describeOthers = ({ cause, holders }: ContentionErrorContexts["lockNotHad"]): readonly string[] =>
  isOver(cause) && holders.length === 0 ? [] : [`${describeHolders(holders)}.`];

const toEnd = (holders: readonly LockHolder[]): readonly string[] => {
  const holder = holders.find(({ end }) => end !== undefined);
  if (!holder) return [];
  const ends = holder.isGuess ? "If it is, this ends it, and takes" : "This ends that session, and takes";
  return [`${ends} back what it has not committed: ${holder.end}`];
};

const times = (attempts: number): string => (attempts === 1 ? "one try" : `${attempts} tries`);

const family = defineErrors<ContentionErrorContexts>(ExecutionError, EXIT_CODES.migrationFailed, {
  lockNotHad: {
    code: "LB0716",
    title: (context) =>
      `${context.direction} of ${context.revision} gave up after ${times(context.attempts)}: another session ${context.cause === "rowChanged" ? "changes" : "holds"} what ${name(context)} needs.`,
    why: (context) =>
      [describeFailure(context), ...describeOthers(context), ...toEnd(context.holders), ROLLED_BACK].join("\n"),
    fix: ({ revision, direction, attempts, lockTimeout }) => [
      `${RUN[direction](revision)} --table-lock-tries ${attempts * 2}`,
      `${RUN[direction](revision)} --table-lock-timeout ${Math.max(1, Math.ceil(lockTimeout * 2))}`,
    ],
    explain:
      "A statement of a revision needs a table, or rows, that another session holds, and did not get them. Whatever else wants the table waits behind a statement that waits for it, so that " +
      "each try gives up after a short while (`tableLockTimeout`), and comes again after a pause that grows, a limited number of times (`tableLockTries`). The message names the session, as far as " +
      "the server tells, and the statement that ends it. End what it does, or wait for it, and run the command again. A longer `tableLockTimeout` reaches what is busy all the time, and " +
      "keeps everybody else waiting for as long.",
  },
  statementTooLong: {
    code: "LB0717",
    title: (context) =>
      `${context.direction} of ${context.revision} was stopped: ${name(context)} took longer than ${context.statementTimeout} s.`,
    why: (context) => `${describeFailure(context)}\n${ROLLED_BACK}`,
    fix: ({ revision, direction, statementTimeout }) => [
      `${RUN[direction](revision)} --statement-timeout ${Math.max(1, Math.ceil(statementTimeout * 2))}`,
      `limbeck show ${revision}`,
    ],
    explain:
      "A statement of a revision took longer than `statementTimeout` of the config, or `--statement-timeout`, lets it. It is not tried again, since it would take as long again. Give it more " +
      "time (0 is no limit), or change rows in batches with op.backfill, each of which is a statement of its own.",
  },
});

/** Builds the errors of statements that other sessions, or limits, were in the way of. */
export const contentionErrors: ErrorFamily<ContentionErrorContexts>["create"] = family.create;

/** Their part of the error catalogue. */
export const contentionErrorEntries: readonly CatalogueEntry[] = family.entries;
