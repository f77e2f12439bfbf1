import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";

/** A revision failed while it ran; nothing of it stays where the engine can roll back. */
export class ExecutionError extends LimbeckError {
  override readonly name: string = "ExecutionError";
}

/** Where in a run something happened. */
interface Place {
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
  readonly lateOperation: Place & { readonly operation: string };
  readonly noDatabaseToRead: Place & { readonly sql: string };
  readonly transactionFailed: Place & { readonly sql: string; readonly databaseMessage: string };
  readonly transactionControl: Place & { readonly sql: string };
  readonly databaseMoved: { readonly revision: string; readonly expected: string; readonly action: string };
};

const where = ({ location }: Place): string => (location === "" ? "" : ` (${location})`);

/** The command that goes as far as one revision, and no further. */
const RUN = {
  upgrade: (revision: string): string => `limbeck upgrade ${revision}`,
  downgrade: (revision: string): string => `limbeck downgrade ${revision}-1`,
} as const;

const ROLLED_BACK = "Everything this revision had done was rolled back; the revisions before it stay applied.";

const family = defineErrors<ExecutionErrorContexts>(ExecutionError, EXIT_CODES.migrationFailed, {
  statementFailed: {
    code: "LB0701",
    title: (context) =>
      `${context.direction} of ${context.revision} failed at "${context.operation}"${where(context)}.`,
    why: ({ databaseMessage, sql }) => `The database says: ${databaseMessage}\nStatement: ${sql}\n${ROLLED_BACK}`,
    fix: ({ revision, direction }) => [`limbeck show ${revision}`, `${RUN[direction](revision)} --dry-run`],
    explain:
      "The database refused a statement of a revision. The message gives the database's own words, the statement, the operation it " +
      "belongs to and the line in the revision file. The revision ran in a transaction that was rolled back, so the database stands " +
      "where it stood before it. Correct the revision file and run the command again.",
  },
  guardFired: {
    code: "LB0702",
    title: (context) =>
      `${context.direction} of ${context.revision} stopped at "${context.operation}"${where(context)}: ${context.meaning}`,
    why: ({ finding }) => (finding === "" ? ROLLED_BACK : `Found: ${finding}\n${ROLLED_BACK}`),
    fix: ({ revision }) => [`limbeck show ${revision}`],
    explain:
      "Before a change that could lose or damage rows, Limbeck looks at the rows. It found some that the change would not survive, " +
      "for example NULLs in a column that is to refuse them, and stopped. Repair the rows, or add a data step before the change in the revision.",
  },
  revisionThrew: {
    code: "LB0703",
    title: (context) =>
      `${context.direction} of ${context.revision} threw an error${where(context)}: ${context.message}`,
    why: () => ROLLED_BACK,
    fix: ({ revision }) => [`limbeck show ${revision}`],
    explain:
      "The code of the revision file threw. The revision ran in a transaction that was rolled back. Correct the file and run the command again.",
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
  lateOperation: {
    code: "LB0705",
    title: (context) =>
      `"${context.operation}" was called after ${context.direction} of ${context.revision} had ended${where(context)}.`,
    why: () =>
      "The function returned before this call was made, so the call is not part of the revision and did not run.",
    fix: ({ revision }) => [`limbeck show ${revision}`],
    explain:
      "Calls on op queue in order and are awaited when the function ends, so a forgotten await on op itself does no harm. A call that is made " +
      "later, from a timer or after awaiting something else in a function that nobody awaits, comes too late. Await that function.",
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
      "database: close it, or wait for it, and run the command again.",
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

/**
 * An error of something that a revision asked for, with the revision and the line; it keeps its code, its reason and its fix.
 *
 * @param place where the revision asked for it
 */
export function placeError(error: LimbeckError, place: Place): ExecutionError {
  const { revision, direction, location } = place;
  return new ExecutionError(
    {
      code: error.code,
      reason: error.reason,
      title: `${direction} of ${revision} stopped${where(place)}: ${error.title}`,
      why: [error.why, ROLLED_BACK].filter((part) => part !== "").join("\n"),
      fix: error.fix,
      exitCode: EXIT_CODES.migrationFailed,
      context: { ...error.context, revision, direction, location },
    },
    error,
  );
}

/** Builds the errors of running revisions. */
export const executionErrors: ErrorFamily<ExecutionErrorContexts>["create"] = family.create;

/** The part of the error catalogue about running revisions. */
export const executionErrorEntries: readonly CatalogueEntry[] = family.entries;
