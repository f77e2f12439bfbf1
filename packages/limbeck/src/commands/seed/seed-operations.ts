import type { Row } from "../../dialect/connection.ts";
import type { SqlValue } from "../../ops/operation.ts";

/** A row as a seed says it: values by the names of columns. */
export type SeedRow = Readonly<Record<string, SqlValue>>;

/** What `ensureRows` did. */
export interface EnsuredRows {
  readonly inserted: number;
  readonly updated: number;
}

/**
 * What `seed(op)` works with. Calls run one after the other, in the transaction of all seeds; a forgotten `await` is waited for.
 *
 * @example
 * export async function seed(op: SeedOperations) {
 *   await op.ensureRows("lists", [{ id: 1, name: "Inbox" }, { id: 2, name: "Later" }], { key: ["id"] });
 * }
 */
export interface SeedOperations {
  /** Name of the engine. */
  readonly dialect: string;
  /**
   * Makes sure that a table has these rows: inserts those whose key is missing, and sets what differs in the others. Columns that a row does not name, and
   * rows that are not named, are left alone. Run again, it changes nothing.
   *
   * @param key the columns that tell rows apart; their values are never null
   * @throws SeedError when a row does not say all of its key
   */
  ensureRows(
    table: string,
    rows: readonly SeedRow[],
    options: { readonly key: readonly string[] },
  ): Promise<EnsuredRows>;
  /** Runs SQL as it is written; that it may run again is up to it. @returns how many rows it changed */
  execute(sql: string, options?: { readonly parameters?: readonly SqlValue[] }): Promise<number>;
  /** Reads rows. */
  query(sql: string, parameters?: readonly SqlValue[]): Promise<readonly Row[]>;
}
