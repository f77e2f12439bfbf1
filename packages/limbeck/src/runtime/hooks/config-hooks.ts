import type { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import type { Operations } from "../operations.ts";

/** A revision as hooks are told of it. */
export interface HookRevision {
  readonly revision: string;
  readonly direction: "up" | "down";
  /** One line about it, for people. */
  readonly message: string;
}

/** What every hook gets. */
export interface HookContext {
  /** Speaks with the database of the run, as the `op` of a revision does. */
  readonly op: Pick<Operations, "execute" | "query">;
  /** The run as the journal calls it; `script` where one is written. */
  readonly run: string;
  /** The database, without any password. */
  readonly database: string;
}

/** What a hook of a run gets. */
export interface RunHookContext extends HookContext {
  /** Where the database stood before; empty for base. */
  readonly from: readonly string[];
  /** What is to run, in its order. */
  readonly revisions: readonly HookRevision[];
}

/** How a run ended. */
export interface RunOutcomeContext extends RunHookContext {
  readonly outcome: "succeeded" | "failed" | "interrupted";
  /** Why it failed. */
  readonly error?: LimbeckError;
  /** The revisions that were committed. */
  readonly finished: readonly HookRevision[];
}

/** What a hook of a revision gets. */
export interface RevisionHookContext extends HookContext, HookRevision {
  /** Whether a script is written (`--sql`, `--dry-run`): what the hook executes is written into it, and nothing runs. */
  readonly isScript: boolean;
}

/**
 * Code of the project around runs and revisions.
 *
 * @example
 * export default defineConfig({
 *   url: "sqlite:todo.db",
 *   hooks: {
 *     afterRevision: ({ op, revision }) =>
 *       op.execute("INSERT INTO audit (revision) VALUES (?)", { parameters: [revision] }),
 *   },
 * });
 */
export interface ConfigHooks {
  /** Before the first revision of a run, under the lock, outside of any transaction. When it throws, nothing runs. */
  readonly beforeRun?: (context: RunHookContext) => unknown;
  /** Before each revision, in its transaction. When it throws, the revision is rolled back. */
  readonly beforeRevision?: (context: RevisionHookContext) => unknown;
  /**
   * After each revision and its version row, in the same transaction: what Alembic calls `on_version_apply`. When it throws, the revision is rolled
   * back.
   */
  readonly afterRevision?: (context: RevisionHookContext) => unknown;
  /** After a run, however it ended, under the lock, outside of any transaction. When it throws, what ran stays, and the command fails. */
  readonly afterRun?: (context: RunOutcomeContext) => unknown;
}

/** What hooks are called. */
export type HookName = keyof ConfigHooks;
