import type { IntrospectionScope, ServerNotice } from "../dialect/dialect.ts";
import type { JoinedWriting } from "../dialect/journal-rules.ts";
import type { Statement } from "../dialect/statement.ts";
import type { PlanStep } from "../graph/revision-plan.ts";
import type { LockRetry } from "../kernel/lock-retry.ts";
import type { Operation } from "../ops/operation.ts";
import type { RevisionBody } from "../scripts/revision-body.ts";
import type { RevisionHeader } from "../scripts/revision-header.ts";
import type { BackfillProgress } from "./backfill/backfill-options.ts";
import type { HookName } from "./hooks/config-hooks.ts";
import type { RunJournal } from "./journal/run-journal.ts";
import type { RevisionFunction, RevisionTarget } from "./revision-target.ts";
import type { SchemaTracker } from "./schema-tracker.ts";
import type { VersionStore } from "./version-store.ts";

/** A step of a plan with the code that carries it out. */
export interface LoadedStep extends PlanStep {
  readonly code: RevisionFunction;
  /** One line about the revision, for people. */
  readonly message: string;
  /** Of the text of its file. */
  readonly checksum: string;
  /** What takes a step up back, for the journal. Default: nothing is kept of it. */
  readonly back?: { readonly header: RevisionHeader; readonly run: RevisionBody | undefined };
}

/** A statement between the beginning and the end of a transaction. */
interface StatementEvent {
  /** Absent where it belongs to none. */
  readonly step?: LoadedStep;
  readonly sql: string;
}

/** A call of a hook. */
interface HookEvent {
  readonly hook: HookName;
  /** Absent for those of the run. */
  readonly revision?: string;
}

/** What a run tells while it goes on. */
export type RunEvent =
  /** No other run works on the database. */
  | { readonly kind: "lockTaken" }
  /** The way is chosen, under the lock. */
  | {
      readonly kind: "planned";
      /** What the journal calls the run. */
      readonly run: string;
      readonly from: readonly string[];
      readonly steps: readonly LoadedStep[];
    }
  | { readonly kind: "stepStarted"; readonly step: LoadedStep }
  | { readonly kind: "operation"; readonly step: LoadedStep; readonly operation: Operation }
  /** Rows are read. */
  | { readonly kind: "query"; readonly step: LoadedStep }
  /** A batch of a backfill is committed. */
  | ({ readonly kind: "progress"; readonly step: LoadedStep } & BackfillProgress)
  /** The revision is committed in its middle, because what it does next uses something that has to be committed first: "the new values of an enum". */
  | { readonly kind: "committed"; readonly step: LoadedStep; readonly subject: string }
  | { readonly kind: "stepFinished"; readonly step: LoadedStep; readonly milliseconds: number }
  /** The operation that comes destroys rows or values: `all 3 rows of todos`. */
  | { readonly kind: "loss"; readonly step: LoadedStep; readonly losses: readonly string[] }
  /** The operation that comes moves deleted rows away, or back: a sentence that counts them. */
  | { readonly kind: "parking"; readonly step: LoadedStep; readonly text: string }
  /** Code of the config is called. */
  | ({ readonly kind: "hookStarted" } & HookEvent)
  | ({ readonly kind: "hookFinished"; readonly milliseconds: number } & HookEvent)
  | ({ readonly kind: "statementStarted" } & StatementEvent)
  | ({ readonly kind: "statementFinished"; readonly milliseconds: number; readonly rows: number } & StatementEvent)
  | ({ readonly kind: "statementFailed"; readonly milliseconds: number } & StatementEvent)
  /** Nothing goes on for the time being: "another program ...". */
  | { readonly kind: "waiting"; readonly reason: string; readonly what?: "lock" | "replica" }
  /** A statement did not get its lock: it is tried again, or what was rolled back with it is. */
  | { readonly kind: "retry"; readonly retry: LockRetry }
  /** The server tells something beside its answers. */
  | { readonly kind: "notice"; readonly notice: ServerNotice };

/** Looks at an operation before it runs, inside its transaction, and stops the run by throwing. */
export type BeforeOperation = (operation: Operation, step: LoadedStep, tracker: SchemaTracker) => Promise<void>;

/** Calls the hooks of the config around each revision, inside of its transaction. */
export interface RevisionHooks {
  /** @throws ExecutionError when the hook fails */
  readonly before: (step: LoadedStep, target: RevisionTarget) => Promise<void>;
  /** Absent where nothing is to be called, so that nobody looks at the version rows then. @throws ExecutionError when the hook fails */
  readonly after?: (step: LoadedStep, target: RevisionTarget) => Promise<void>;
}

/** How much is one transaction: a revision, all that runs, or a single call. */
export type TransactionScope = "revision" | "run" | "none";

/** What a run of several steps works with. */
export interface RunContext extends Omit<RevisionTarget, "journal"> {
  readonly versions: VersionStore;
  /** Absent where nothing is to be remembered of the run: on databases that are thrown away. */
  readonly history?: RunJournal;
  /** The version of Limbeck, for the journal. */
  readonly toolVersion?: string;
  /** Of how many steps, the last ones, the journal keeps how they are taken back. Default 0. */
  readonly keepDowngrades?: number;
  /** Writes the end of a step into the journal by one statement with its version row. Absent where that takes two. */
  readonly joinEntries?: JoinedWriting["join"];
  readonly transactions: TransactionScope;
  /** What of the database the journal takes down at the end. */
  readonly scope: IntrospectionScope;
  /** Runs in the transaction of the first step, before it: creates the version table where there is none. */
  readonly preparation: readonly Statement[];
  /** Milliseconds on any steady clock. */
  readonly clock: () => number;
  readonly onEvent: (event: RunEvent) => void;
  readonly beforeOperation?: BeforeOperation;
  /** What the config calls around each revision. */
  readonly hooks?: RevisionHooks;
}
