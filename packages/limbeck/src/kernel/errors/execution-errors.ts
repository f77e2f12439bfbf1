import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";
import { OperationError } from "./operation-errors.ts";
import { offerEdit, withEdit } from "./source-location.ts";
import { describeStays, type Ending, type Stays } from "./describe-stays.ts";

/** A revision failed while it ran; nothing of it stays where the engine can roll back. */
export class ExecutionError extends LimbeckError {
  override readonly name: string = "ExecutionError";
}

/** Where in a run something happened. */
export interface Place {
  /** The revision that was running. */
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade";
  /** `file:line:column` of the call in the revision file, when known. */
  readonly location: string;
}

type ExecutionErrorContexts = {
  readonly statementFailed: Place & {
    readonly operation: string;
    readonly sql: string;
    readonly databaseMessage: string;
  };
  readonly guardFired: Place & { readonly operation: string; readonly meaning: string; readonly finding: string };
  readonly revisionThrew: Place & { readonly message: string };
  readonly brokenReferences: Place & { readonly violations: readonly string[] };
  readonly uncheckableReferences: Place & { readonly problems: readonly string[] };
  readonly brokenObjects: Place & {
    readonly objects: readonly { readonly kind: string; readonly name: string; readonly problem: string }[];
  };
  readonly lateOperation: Place & {
    readonly operation: string;
    /** Whether the call came in time for the revision to be rolled back. */
    readonly isRolledBack: boolean;
  };
  readonly unreadAnswer: Place;
  readonly unsettled: Place;
  readonly interrupted: Place & {
    /** Where the database stands; empty for base. */
    readonly standsAt: readonly string[];
    /** How many revisions of the same run had been committed. */
    readonly committed: number;
  };
  readonly interruptedHalfway: Place & Stays;
  readonly noDatabaseToRead: Place & { readonly sql: string };
  readonly commitUnanswered: Place & { readonly databaseMessage: string };
  readonly transactionFailed: Omit<Place, "direction"> & {
    readonly direction: Place["direction"] | "stamp";
    readonly sql: string;
    readonly databaseMessage: string;
  };
  readonly transactionControl: Place & { readonly sql: string };
  readonly databaseMoved: { readonly revision: string; readonly expected: string; readonly action: string };
};

const where = ({ location }: Place): string => (location === "" ? "" : ` (${location})`);

/** The command that goes as far as one revision, and no further. */
export const RUN: Readonly<Record<Place["direction"], (revision: string) => string>> = {
  upgrade: (revision) => `limbeck upgrade ${revision}`,
  downgrade: (revision) => `limbeck downgrade ${revision}-1`,
};

/** What is to be done where rows stand against a line of a revision. */
export const ROWS_FIRST = "put a step before this line that makes the rows fit";

/** What became of a revision, where the engine takes everything back. */
export const ROLLED_BACK: string =
  "Everything this revision had done was rolled back; the revisions before it stay applied.";

const family = defineErrors<ExecutionErrorContexts>(ExecutionError, EXIT_CODES.migrationFailed, {
  statementFailed: {
    code: "LB0701",
    title: (context) =>
      `${context.direction} of ${context.revision} failed at "${context.operation}"${where(context)}.`,
    why: ({ databaseMessage, sql }) => `The database says: ${databaseMessage}\nStatement: ${sql}\n${ROLLED_BACK}`,
    fix: ({ location, revision, direction }) => [
      ...(location === "" ? [] : [offerEdit(location)]),
      `limbeck show ${revision}`,
      `${RUN[direction](revision)} --dry-run`,
    ],
    explain:
      "The database refused a statement of a revision. The message gives the database's own words, the statement, the operation it " +
      "belongs to and the line in the revision file. The revision ran in a transaction that was rolled back, so the database stands " +
      "where it stood before it; on engines that commit changes of the schema by themselves, the message lists what stays. Correct the revision file and run " +
      "the command again.",
  },
  guardFired: {
    code: "LB0702",
    title: (context) =>
      `${context.direction} of ${context.revision} stopped at "${context.operation}"${where(context)}: ${context.meaning}`,
    why: ({ finding }) => (finding === "" ? ROLLED_BACK : `Found: ${finding}\n${ROLLED_BACK}`),
    fix: ({ location, revision }) => [
      ...(location === "" ? [] : [offerEdit(location, ROWS_FIRST)]),
      `limbeck show ${revision}`,
    ],
    explain:
      "Before a change that could lose or damage rows, Limbeck looks at the rows. It found some that the change would not survive, " +
      "for example NULLs in a column that is to refuse them, and stopped. Repair the rows, or add a data step before the change in the revision.",
  },
  revisionThrew: {
    code: "LB0703",
    title: (context) =>
      `${context.direction} of ${context.revision} threw an error${where(context)}: ${context.message}`,
    why: () => ROLLED_BACK,
    fix: ({ location, revision }) => [...(location === "" ? [] : [offerEdit(location)]), `limbeck show ${revision}`],
    explain:
      "The code of the revision file threw. The revision ran in a transaction that was rolled back; on engines that commit changes of the schema by themselves, the " +
      "message lists what stays. Correct the file and run the command again.",
  },
  brokenReferences: {
    code: "LB0704",
    title: ({ revision, direction }) => `${direction} of ${revision} would leave rows that point nowhere.`,
    why: ({ violations }) => `${violations.join("; ")}.\n${ROLLED_BACK}`,
    fix: ({ revision }) => [`limbeck show ${revision}`],
    explain:
      "While a revision runs, the engine does not enforce foreign keys, because rebuilding a table would otherwise delete the rows that " +
      "point to it. So ON DELETE CASCADE and SET NULL do not act on data steps inside a revision either. Before the commit all foreign keys are " +
      "checked, and this revision broke some. Delete or correct the dependent rows in the revision, before the rows they point to.",
  },
  uncheckableReferences: {
    code: "LB0710",
    title: ({ revision, direction }) => `${direction} of ${revision} would leave a foreign key that cannot work.`,
    why: ({ problems }) => `The database says: ${problems.join("; ")}\n${ROLLED_BACK}`,
    fix: ({ revision }) => [`limbeck show ${revision}`],
    explain:
      "A foreign key must point to the primary key of a table, or to columns that are unique together. Some engines take any other without a word, and " +
      "refuse the rows later. This revision makes such a key, or takes away what one pointed to. Keys that were like that before are not held against it.",
  },
  brokenObjects: {
    code: "LB0711",
    title: ({ revision, direction, objects }) => {
      const names = objects.map(({ kind, name }) => `${kind} ${name}`).join(", ");
      return `${direction} of ${revision} would break ${names}.`;
    },
    why: ({ objects }) =>
      `The database says: ${objects.map(({ kind, name, problem }) => `${kind} ${name}: ${problem}`).join("; ")}\n${ROLLED_BACK}`,
    fix: ({ revision }) => [`limbeck show ${revision}`],
    explain:
      "A view or a trigger uses something that the revision takes away, a column or a table for example. The engine lets it go, and whatever uses the view, or " +
      "writes to the table of the trigger, would fail from then on. Drop it in the same revision, or drop it first and create it anew at the end. What was broken " +
      "before is not held against the revision.",
  },
  lateOperation: {
    code: "LB0705",
    title: (context) =>
      `"${context.operation}" was called after ${context.direction} of ${context.revision} had ended${where(context)}.`,
    why: ({ isRolledBack }) =>
      isRolledBack
        ? `The function returned before this call was made, so it would have been left out. ${ROLLED_BACK}`
        : "The function returned before this call was made, so it was left out: the revision counts as applied without it.",
    fix: ({ revision }) => [`limbeck show ${revision}`],
    explain:
      "Calls on op queue in order and are awaited when the function ends, so a forgotten await on op itself does no harm. A call that is made " +
      "later, from a timer or after awaiting something else in a function that nobody awaits, comes too late. Await that function.",
  },
  unreadAnswer: {
    code: "LB0726",
    title: (context) =>
      `${context.direction} of ${context.revision} did not wait for the rows of "op.query"${where(context)}.`,
    why: () => `If it did anything with them, it did so with a promise in their place. ${ROLLED_BACK}`,
    fix: ({ location, revision }) => [
      ...(location === "" ? [] : [offerEdit(location, "write await before op.query")]),
      `limbeck show ${revision}`,
    ],
    explain:
      "op.query gives a promise of rows. Without await there are no rows yet: `rows.length` is undefined, and may have become part of a statement. Write `await op.query(...)`. For a statement " +
      "whose rows nobody wants there is op.execute, which does no harm without await.",
  },
  unsettled: {
    code: "LB0712",
    title: ({ revision, direction }) => `${direction} of ${revision} has ended, but not what it began.`,
    why: () =>
      `Something is still going on, and may be about to use op: a promise that nobody awaits, or a connection or timer left open. ${ROLLED_BACK}`,
    fix: ({ revision }) => [`limbeck show ${revision}`],
    explain:
      "A revision is over when its function returns. What it began and does not await may come too late, and be missing without a word; so Limbeck waits until " +
      "nothing is going on any more, and gives up after a while. Await what the revision begins, and close what it opens: connections, servers, timers.",
  },
  interrupted: {
    code: "LB0713",
    exitCode: EXIT_CODES.interrupted,
    title: ({ revision, direction }) => `Stopped on request during ${direction} of ${revision}.`,
    why: ({ standsAt, committed }) => {
      const place = standsAt.length === 0 ? "base" : standsAt.join(", ");
      const before =
        committed === 0
          ? "Nothing was changed."
          : `${committed} ${committed === 1 ? "revision" : "revisions"} of this run had ended before.`;
      return `Everything this revision had done was rolled back: the database stands at ${place}. ${before}`;
    },
    fix: () => ["limbeck status"],
    explain:
      "Ctrl-C, or a signal of the system, ended a run. It takes effect between two statements: the revision that was running is rolled back, those before it " +
      "stay, and the lock is free. A second Ctrl-C ends the process at once, which the database survives as well. Run the command again to go on.",
  },
  interruptedHalfway: {
    code: "LB0714",
    exitCode: EXIT_CODES.interrupted,
    title: ({ revision, direction }) => `Stopped on request in the middle of ${direction} of ${revision}.`,
    why: (stays) => describeStays(stays, "stopped"),
    fix: ({ revision, direction }) => [RUN[direction](revision), "limbeck status"],
    explain:
      "Ctrl-C, or a signal of the system, ended a run on an engine that commits every change of the schema by itself, or after a revision had left its transaction. What was committed stays, " +
      "and the message lists it; rows that were written after the last one were rolled back. The revision does not count as applied: run the command again, and it goes on " +
      "behind what is committed.",
  },
  noDatabaseToRead: {
    code: "LB0706",
    title: (context) =>
      `${context.direction} of ${context.revision} reads from the database, and here there is none${where(context)}.`,
    why: ({ sql }) => `--sql and --dry-run write a script without looking at rows, so there is no answer to: ${sql}`,
    fix: ({ revision, direction }) => [RUN[direction](revision)],
    explain:
      "A revision that reads rows with op.query and acts on the answer cannot be written as a fixed script. Run it against the database, or " +
      "express the step as one SQL statement with op.execute.",
  },
  transactionFailed: {
    code: "LB0708",
    title: ({ revision, direction }) => `The transaction around ${direction} of ${revision} failed.`,
    why: ({ databaseMessage, sql }) =>
      `The database says: ${databaseMessage}\nStatement: ${sql}\nNothing of this revision was kept.`,
    fix: () => ["limbeck current -v"],
    explain:
      "Beginning or committing the transaction of a revision failed, or the version table could not be created. Most often another program holds the " +
      "database: close it, or wait for it (`--table-lock-timeout 60`), and run the command again.",
  },
  commitUnanswered: {
    code: "LB0715",
    title: ({ revision, direction }) => `Whether ${direction} of ${revision} was kept is not known.`,
    why: ({ databaseMessage }) =>
      `The connection ended while the database was told to keep it: ${databaseMessage}\nEither all of the revision is kept, with its version row, or nothing.`,
    fix: () => ["limbeck current"],
    explain:
      "The last statement of a revision is COMMIT, and the connection was lost before the database answered that. `limbeck current` says where the database stands; running the command again " +
      "does what is left.",
  },
  transactionControl: {
    code: "LB0709",
    title: (context) =>
      `${context.direction} of ${context.revision} begins or ends a transaction itself${where(context)}.`,
    why: ({ sql }) =>
      `A revision and its version row commit together, so the transaction is not its own. Not run: ${sql}\nEverything this revision had done was rolled back.`,
    fix: ({ revision }) => [`limbeck show ${revision}`],
    explain:
      "Every revision runs in one transaction together with the row that records it. BEGIN, COMMIT or ROLLBACK in op.execute would tear the two apart: a " +
      "failure later on could then not be taken back. Leave the statement out. SAVEPOINT and RELEASE are allowed.",
  },
  databaseMoved: {
    code: "LB0707",
    title: ({ revision }) => `The database is no longer where this run found it, while recording ${revision}.`,
    why: ({ expected, action }) =>
      `${action} of the version row ${expected} did not touch exactly one row: another run, or a person, changed the version table.`,
    fix: () => ["limbeck current -v"],
    explain:
      "Each revision moves the rows of the version table by one step, and checks that the row it moves is there. It was not. " +
      "The revision was rolled back. Look at where the database stands, then run the command again.",
  },
});

/** Why a value or a text that a call was given is refused before the database sees it: the call is what to correct. */
const REFUSED_ARGUMENTS: ReadonlySet<string> = new Set([
  "unsupportedValue",
  "malformedStatement",
  "parametersMismatch",
]);

/**
 * An error of something that a revision asked for, with the revision and the line; it keeps its code, its reason and its fix. Where it is the call that is wrong, the
 * line comes first.
 *
 * @param place where the revision asked for it
 */
export function placeError(error: LimbeckError, place: Place): ExecutionError {
  const { revision, direction, location } = place;
  const isWrongCall = error instanceof OperationError || REFUSED_ARGUMENTS.has(error.reason);
  return new ExecutionError(
    {
      code: error.code,
      reason: error.reason,
      title: `${direction} of ${revision} stopped${where(place)}: ${error.title}`,
      why: [error.why, ROLLED_BACK].filter((part) => part !== "").join("\n"),
      fix: isWrongCall && location !== "" ? withEdit(location, error.fix) : error.fix,
      retypings: error.retypings,
      exitCode: EXIT_CODES.migrationFailed,
      context: { ...error.context, revision, direction, location },
    },
    error,
  );
}

/** What errors say where the engine takes everything back. */
const ALL_TAKEN_BACK: readonly string[] = [
  ROLLED_BACK,
  "Everything this revision had done was rolled back.",
  "Nothing of this revision was kept.",
  "The revision was rolled back.",
];

const leaveOutRollback = (why: string): string =>
  ALL_TAKEN_BACK.reduce((text, sentence) => text.replace(sentence, ""), why).trim();

const ON_SCRATCH =
  "That was on a scratch database, on which a script is tried while it is written; no other database was changed.";

/** What to offer where the database stands between two revisions, or may: it is compared with nothing then (LB1301), and what it has can be shown. */
const offerBetween = (fix: readonly string[]): readonly string[] =>
  fix.map((line) => (line === "limbeck diff" ? "limbeck inspect" : line));

/** The error of a revision that failed while a script was written: the same, but for what became of a database that it never ran on. */
export function sayNothingRan(error: LimbeckError): LimbeckError {
  const first = "kept" in error.context && error.cause instanceof LimbeckError ? error.cause : error;
  const why = leaveOutRollback(first.why);
  if (why === first.why) return error;
  const { code, reason, title, fix, retypings, exitCode, context } = first;
  return new ExecutionError(
    {
      code,
      reason,
      title,
      why: [why, ON_SCRATCH].filter((part) => part !== "").join("\n"),
      fix: offerBetween(fix),
      retypings,
      exitCode,
      context,
    },
    error,
  );
}

/**
 * The error of a revision that failed on an engine where some of its statements have committed by themselves: the same, but for what became of it.
 *
 * @param stays what the error is to say instead of a rollback that did not happen
 * @param ending why it did not come to its end
 */
export function sayWhatStays(error: LimbeckError, stays: Stays, ending: Ending = "failed"): ExecutionError {
  return new ExecutionError(
    {
      code: error.code,
      reason: error.reason,
      title: error.title,
      why: [leaveOutRollback(error.why), describeStays(stays, ending)].filter((part) => part !== "").join("\n"),
      fix: offerBetween(error.fix),
      retypings: error.retypings,
      exitCode: error.exitCode,
      context: { ...error.context, ...stays },
    },
    error,
  );
}

/** Builds the errors of running revisions. */
export const executionErrors: ErrorFamily<ExecutionErrorContexts>["create"] = family.create;

/** The part of the error catalogue about running revisions. */
export const executionErrorEntries: readonly CatalogueEntry[] = family.entries;
