import type { Connection, Row } from "../dialect/connection.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { describeRow } from "./describe-row.ts";

/** Compares what points nowhere before and after a revision, for engines that do not check while it runs. */
export interface ReferenceWatch {
  /** Takes stock, at the first call; to be called before anything that could break a reference. */
  start(): Promise<void>;
  /** What is broken now and was not at the start, in words; empty when nothing could have been. */
  findBroken(): Promise<readonly string[]>;
}

type Stock = ReadonlyMap<string, number>;

function countRows(rows: readonly Row[]): Stock {
  return new Map(rows.map(({ rows: count, ...place }) => [describeRow(place), Number(count)]));
}

async function takeStock(dialect: Dialect, connection: Connection): Promise<Stock> {
  const { violations } = dialect.transaction;
  if (!violations) return new Map();
  try {
    return countRows(await connection.query(violations.sql));
  } catch (error) {
    // A key that points to columns without a unique index can't be checked at all. That is a finding too: it only counts when the
    // revision brought it about.
    return new Map([[dialect.describeDatabaseError(error), 1]]);
  }
}

/** Makes a watch over one revision. */
export function watchReferences(dialect: Dialect, connection: Connection): ReferenceWatch {
  let before: Stock | undefined;
  return {
    async start() {
      before ??= await takeStock(dialect, connection);
    },
    async findBroken() {
      if (!before) return [];
      const known = before;
      const after = await takeStock(dialect, connection);
      return Array.from(after)
        .filter(([place, count]) => count > (known.get(place) ?? 0))
        .map(([place, count]) => `${place}: ${count - (known.get(place) ?? 0)} more`);
    },
  };
}
