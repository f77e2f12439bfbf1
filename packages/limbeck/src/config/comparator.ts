import type { Row } from "../dialect/connection.ts";
import type { Operation, SqlValue } from "../ops/operation.ts";
import type { Schema } from "../schema/model/schema.ts";

/** What a comparator may look at. */
export interface ComparatorContext {
  /** The engine: `sqlite`, `postgres` or `mysql`. */
  readonly dialect: string;
  /** What the database holds. */
  readonly current: Schema;
  /** What it is to hold. */
  readonly target: Schema;
  /** Reads rows of the configured database; nothing can be written. */
  readonly query: (sql: string, parameters?: readonly SqlValue[]) => Promise<readonly Row[]>;
}

/**
 * Finds what is missing of something that Limbeck does not compare.
 *
 * @returns the operations that make it so; none where nothing is missing
 */
export type Comparator = (context: ComparatorContext) => readonly Operation[] | Promise<readonly Operation[]>;
