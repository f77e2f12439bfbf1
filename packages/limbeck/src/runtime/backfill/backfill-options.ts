/** What `op.backfill` does to the rows of a table. */
export interface BackfillOptions {
  /** What columns get: SQL expressions by the names of the columns. */
  readonly set: Readonly<Record<string, string>>;
  /** Which rows, an SQL condition. Default: all. */
  readonly where?: string;
  /** The columns in whose order batches follow each other; no two rows may agree in them. Default: the primary key. */
  readonly key?: readonly string[];
  /** How many rows are changed and committed together. Default 1000. */
  readonly batchSize?: number;
  /** How long the database is left alone between two batches, in milliseconds. Default 0. */
  readonly pause?: number;
  /** How far behind a replica may be, in seconds, before the next batch waits for it. Default: `maxReplicaLag` of the config, where nobody is waited for unless it says so. */
  readonly maxReplicaLag?: number;
}

/** A table, and what is done to its rows. */
export interface BackfillRequest extends BackfillOptions {
  readonly table: string;
}

/** How far a backfill has come. */
export interface BackfillProgress {
  readonly table: string;
  /** How many rows have been changed, by earlier runs as well. */
  readonly rows: number;
  /** How many it will be, as far as could be told when the run came to it. */
  readonly total: number;
}

/** How many rows a batch has unless somebody says otherwise. */
export const DEFAULT_BATCH_SIZE = 1000;
