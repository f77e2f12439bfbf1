import type { StoredValue } from "../stored-value.ts";

/** A column of an answer. */
export interface ResultColumn {
  readonly name: string;
  /** The declared type of the table's column that it shows; null for expressions. */
  readonly type: string | null;
}

/** A prepared statement. Integers come and go as bigints, because drivers round those beyond 2^53 otherwise. */
export interface DriverStatement {
  /** Whether it gives rows, if only none today. */
  readonly hasColumns: boolean;
  /** For statements that give rows. Asked after `all`, it says what those rows have, also when the table has changed since it was prepared. */
  readonly columns: () => readonly ResultColumn[];
  /** For statements that give rows: runs to the last one. A row is a list in the order of the columns. */
  readonly all: (values: readonly StoredValue[]) => readonly (readonly StoredValue[])[];
  /**
   * For statements that give no rows.
   *
   * @returns how many rows were changed by it, or by the last statement that changed any
   */
  readonly run: (values: readonly StoredValue[]) => number | bigint;
}

/** An open database, through whichever driver. Everything is synchronous, as SQLite is. */
export interface DriverDatabase {
  readonly isOpen: () => boolean;
  readonly isInTransaction: () => boolean;
  /** Runs a statement that takes and gives nothing. */
  readonly exec: (sql: string) => void;
  readonly prepare: (sql: string) => DriverStatement;
  /** Rolls back what is not committed. */
  readonly close: () => void;
}

/** How a driver opens a database. */
export interface OpenOptions {
  readonly readOnly: boolean;
  /** How long to wait for another connection's lock, in milliseconds. */
  readonly busyTimeout: number;
}

/** A package through which SQLite is reached. */
export interface Driver {
  /** The name of the package. */
  readonly name: string;
  /**
   * Opens a database; creates the file when it is missing and `readOnly` is not set.
   *
   * @param path absolute, or `:memory:`
   * @throws ConnectionError (driverMissing) when the package is not installed, or the driver's own error
   */
  readonly open: (path: string, options: OpenOptions) => DriverDatabase;
  /** The database in an object that somebody opened with the package; undefined when it is anything else. */
  readonly adopt: (value: object) => DriverDatabase | undefined;
}
