import type { Connection } from "../dialect/connection.ts";
import type { Dialect, WaitHooks } from "../dialect/dialect.ts";
import type { StopSignal } from "../dialect/stop-signal.ts";
import type { Operation } from "../ops/operation.ts";
import type { NamingConvention } from "../schema/builder/naming-convention.ts";
import type { RevisionStatement } from "../scripts/revision-body.ts";
import type { CallJournal } from "./journal/call-journal.ts";
import type { ReplicaPatience } from "./backfill/replica-patience.ts";
import type { BackfillProgress } from "./backfill/backfill-options.ts";
import type { AttachedKeeper } from "./keep-attached.ts";
import type { Operations } from "./operations.ts";
import type { SchemaTracker } from "./schema-tracker.ts";
import type { StatementSink } from "./statement-sink.ts";

/** One direction of a revision file, ready to run. */
export interface RevisionFunction {
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade";
  /** Absolute path of the file, to name the line that failed; empty where Limbeck itself asks, of what it has read. */
  readonly path: string;
  /** Whether it runs in a transaction, but for what it asks to run outside of one. Default true. */
  readonly transactional?: boolean;
  /** Code, or the statements of a `.sql` file. */
  readonly run: ((op: Operations) => unknown) | readonly RevisionStatement[];
}

/** What the process did when a revision began. */
export interface ActivityWatch {
  /**
   * Waits until the process does no more than it did then.
   *
   * @returns false when it still does after a long time, and that must be the revision's doing
   */
  readonly settle: (hooks: WaitHooks) => Promise<boolean>;
}

/** What a revision runs on. */
export interface RevisionTarget {
  readonly dialect: Dialect;
  readonly connection: Connection;
  readonly sink: StatementSink;
  readonly tracker: SchemaTracker;
  readonly convention: NamingConvention;
  /** The version that statements are compiled for; another than the connection's where a script is written. */
  readonly serverVersion: string;
  /** Hears of every operation before it runs. */
  readonly onOperation?: (operation: Operation) => Promise<void>;
  /** Hears of every read before it runs; it may write as well. */
  readonly onQuery?: (sql: string) => Promise<void>;
  /** Hears what the run waits for when that takes long: "another program ...". */
  readonly onWait?: (reason: string) => void;
  /** How long what frames a revision waits where another session holds the database, in milliseconds; 0 tries once. Default ten seconds. */
  readonly lockTimeout?: number;
  /** Hears how far a backfill has come, after each batch. */
  readonly onProgress?: (progress: BackfillProgress) => void;
  /** How far behind replicas may be. Absent where nobody is waited for. */
  readonly replicas?: ReplicaPatience;
  /** What an earlier run has done of it. Absent where nobody went before. */
  readonly journal?: CallJournal;
  /** Knows what belonged to views that the revision has dropped. Default: of this one alone. */
  readonly attached?: AttachedKeeper;
  /** Asks the run to stop; it does between two statements. */
  readonly signal?: StopSignal | undefined;
  /** Takes note of what the process does. Absent where only the event loop's next turn is waited for. */
  readonly watchActivity?: (() => ActivityWatch) | undefined;
}

/** Where a revision asked for something. */
export interface CallPlace {
  readonly revision: string;
  readonly direction: "upgrade" | "downgrade";
  /** `file:line:column`; empty when it is not known. */
  readonly location: string;
}
