import type { Connection } from "../../../../packages/limbeck/src/dialect/connection.ts";
import type { Dialect } from "../../../../packages/limbeck/src/dialect/dialect.ts";
import type { Schema } from "../../../../packages/limbeck/src/schema/model/schema.ts";
import type { ArbitraryTraits } from "../../../../packages/limbeck/src/testing/arbitraries/traits.ts";
import type { HistogramKinds } from "../../random/histogram.ts";

/** Two empty databases of one server. */
export interface DatabasePair {
  /** The one that is changed. */
  readonly live: Connection;
  /** The one that is as it is to become. */
  readonly other: Connection;
  readonly close: () => Promise<void>;
}

/** An engine that random pairs are tried on. */
export interface RandomEngine {
  readonly dialect: Dialect;
  readonly traits: ArbitraryTraits;
  readonly kinds: HistogramKinds;
  /**
   * A drawn schema as the engine can hold it.
   *
   * @param choices numbers that decide what it has besides, in whatever way; the two schemas of a pair get others
   */
  readonly adapt: (schema: Schema, choices: readonly number[]) => Schema;
  readonly openDatabases: () => Promise<DatabasePair>;
  /** Drops everything in a database. */
  readonly erase: (connection: Connection) => Promise<void>;
  /** Whether the engine says that it knows no way from one type to another, rows or no rows. */
  readonly isImpossible: (message: string) => boolean;
}

/** The element that a choice falls on; undefined for an empty list. */
export const choose = <Element>(list: readonly Element[], choice = 0): Element | undefined =>
  list[choice % list.length];
