import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { ExecutionError, ROLLED_BACK, RUN, type Place } from "./execution-errors.ts";

/** What went wrong in a hook of the config. */
interface HookTrouble {
  readonly hook: string;
  readonly location: string;
  /** In the words of whoever threw: the database, or the code. */
  readonly message: string;
  /** That the database refused; absent where it was the code that threw. */
  readonly sql?: string;
}

type RunHookErrorContexts = {
  readonly revisionHookFailed: Place & HookTrouble;
  readonly hookCommits: Place & { readonly hook: string; readonly sql: string };
  readonly beforeRunFailed: HookTrouble;
  readonly lateHookCall: { readonly hook: string; readonly location: string };
  readonly hookControlsTransaction: {
    readonly hook: string;
    readonly sql: string;
    readonly finished: readonly string[];
  };
  readonly afterRunFailed: HookTrouble & { readonly finished: readonly string[] };
};

/** What went wrong in a hook, and what became of the run, in lines. */
const tellHook = ({ message, sql }: HookTrouble, became: string): string =>
  sql === undefined ? became : `The database says: ${message}\nStatement: ${sql}\n${became}`;

/** The title of what went wrong in a hook. @param at where it was called */
const nameHook = (trouble: HookTrouble, at: string): string =>
  `${trouble.hook} of the config failed${at}${trouble.location === "" ? "" : ` (${trouble.location})`}${trouble.sql === undefined ? `: ${trouble.message}` : "."}`;

const family = defineErrors<RunHookErrorContexts>(ExecutionError, EXIT_CODES.migrationFailed, {
  revisionHookFailed: {
    code: "LB0720",
    title: (context) => nameHook(context, ` at ${context.direction} of ${context.revision}`),
    why: (context) => tellHook(context, ROLLED_BACK),
    fix: ({ revision, direction }) => ["correct the hook in the config", RUN[direction](revision)],
    explain:
      "beforeRevision and afterRevision run in the transaction of each revision. One of them threw, or the database refused a statement of it; the revision was rolled back with it, and " +
      "those before it stay. Correct the hook and run the command again.",
  },
  hookCommits: {
    code: "LB0721",
    title: ({ hook, revision, direction }) =>
      `${hook} of the config would end the transaction of ${direction} of ${revision}.`,
    why: ({ sql }) => `Not run: ${sql}\n${ROLLED_BACK}`,
    fix: () => ["put the statement into beforeRun or afterRun"],
    explain:
      "The hooks of a revision run in its transaction, before it and after its version row. A statement that commits, on MariaDB and MySQL every change of the schema, would make " +
      "the revision permanent before it is over. beforeRun and afterRun run outside of transactions.",
  },
  beforeRunFailed: {
    code: "LB0722",
    title: (context) => nameHook(context, ""),
    why: (context) => tellHook(context, "No revision was run."),
    fix: () => ["correct the hook in the config"],
    exitCode: EXIT_CODES.usage,
    explain:
      "beforeRun is called before the first revision of a run, and may refuse it by throwing. No revision was run, and afterRun was not called. What the hook itself had done before stays: it runs outside of any transaction.",
  },
  lateHookCall: {
    code: "LB0724",
    title: ({ hook, location }) =>
      `op was used after ${hook} of the config had ended${location === "" ? "" : ` (${location})`}.`,
    why: () => "The statement was not run. What the run had committed until then stays, and nothing else of it does.",
    fix: () => ["await in the hook what uses op", "limbeck status"],
    explain:
      "A hook is over when its function, or the promise that it returns, is; calls of op until then are waited for. A call from a timer, or from a function that nobody awaits, may come in the " +
      "middle of a revision, and is refused. Await that function in the hook, and run the command again: it goes on where the run stopped.",
  },
  hookControlsTransaction: {
    code: "LB0725",
    title: ({ hook }) => `${hook} of the config would begin or end a transaction.`,
    why: ({ sql, finished }) =>
      `Not run: ${sql}\n${finished.length === 0 ? "No revision was run." : `The revisions of the run stay applied as they are: ${finished.join(", ")}.`}`,
    fix: () => ["leave the statement out of the hook"],
    explain:
      "beforeRun and afterRun run outside of transactions, and each of their statements commits by itself. A transaction that a hook left open would take in the first revision, or be lost. " +
      "What belongs together can be one statement, or stand in a revision.",
  },
  afterRunFailed: {
    code: "LB0723",
    title: (context) => nameHook(context, ""),
    why: (context) =>
      tellHook(context, `The revisions of the run stay applied as they are: ${context.finished.join(", ")}.`),
    fix: () => ["correct the hook in the config", "limbeck status"],
    explain:
      "afterRun is called when all revisions of a run are committed, and takes nothing back. Running the command again does not call it where nothing is left to run: do by hand what it was to do.",
  },
});

/** Builds the errors of the hooks of runs. */
export const runHookErrors: ErrorFamily<RunHookErrorContexts>["create"] = family.create;

/** The part of the error catalogue about the hooks of runs. */
export const runHookErrorEntries: readonly CatalogueEntry[] = family.entries;
