/**
 * What an entry of the journal tells:
 *
 * - `started`: a revision of which something may be committed before its end has begun
 * - `running`: one of its statements is about to run that no rollback takes back
 * - `batch`: one of its calls has come to a position, from which a later run goes on
 * - `done`: one of its calls has ended
 * - `read`: what one of its reads gave
 * - `failed`: it stopped, and some of it stays
 * - `refused`: the database answered a statement with an error, and nobody can tell that it did nothing
 * - `resolved`: a person said what became of a statement, or the run that it failed in saw that it did nothing
 * - `rolled back`: it failed, and all of it was taken back
 * - `finished`: it is recorded in the version table
 * - `stamped`: somebody said where the database stands
 */
export type HistoryEvent =
  | "started"
  | "running"
  | "batch"
  | "done"
  | "read"
  | "failed"
  | "refused"
  | "resolved"
  | "rolled back"
  | "finished"
  | "stamped";

/** Which way a revision went; `stamp` where none ran. */
export type HistoryDirection = "upgrade" | "downgrade" | "stamp";

/** What an entry says of its own; the rest is the same for all entries of a revision. */
export interface HistoryNote {
  readonly event: HistoryEvent;
  /** Which call of the revision, from 1. */
  readonly call?: number;
  /** The digest of that call and of all before it. */
  readonly digest?: string;
  readonly milliseconds?: number;
  /** Depends on the event. */
  readonly detail?: string;
}

/** What all entries of one revision of a run say. */
export interface HistorySubject {
  readonly revision: string;
  readonly direction: HistoryDirection;
  /** Of the normalised text of the file; empty where there is none. */
  readonly checksum: string;
}

/** An entry as it was read. */
export interface HistoryEntry extends HistorySubject {
  readonly id: number;
  readonly run: string;
  readonly event: HistoryEvent;
  /** 0 where the entry is about no call. */
  readonly call: number;
  readonly digest: string;
  readonly session: string;
  readonly detail: string;
}
