import type { SqlValue } from "../ops/operation.ts";

/** One row of an answer; values are decoded by the codec of the column they come from. */
export type Row = Readonly<Record<string, SqlValue>>;

/** A session with a database; statements run one after the other, in the order of the calls. */
export interface Connection {
  /** Version of the engine behind it, for example `3.53.4`. */
  readonly serverVersion: string;
  /** Where it leads, for people: never holds a password. */
  readonly description: string;
  /**
   * Runs one statement.
   *
   * @returns how many rows it changed
   */
  execute(sql: string, parameters?: readonly SqlValue[]): Promise<number>;
  /** Runs one statement and gives its rows. */
  query(sql: string, parameters?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Ends the session; a second call does nothing. */
  close(): Promise<void>;
}
