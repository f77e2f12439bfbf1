/** Pages of rows, the newest first. A page begins below a row, whatever came or went above it meanwhile. */
import { sql } from "kysely";
import type { Kind } from "./rows.ts";

/** Where a page ends, and the next one begins. */
export interface Place {
  created_at: Date;
  id: number;
}

export interface Page<Row> {
  items: Row[];
  /** undefined on the last page. */
  next: Place | undefined;
}

export interface PageOptions {
  /** How many rows a page holds at most. */
  limit: number;
  after?: Place | undefined;
}

/**
 * Whether a row comes after a place. Some databases keep times to the microsecond, and a Date has milliseconds; so the time of the place is the one that its row has
 * in the database, as long as the row is there.
 */
export function comesAfter(kind: Kind, { created_at, id }: Place) {
  const time = sql`coalesce((select place.created_at from ${sql.table(kind)} as place where place.id = ${id}), ${created_at})`;
  return sql<boolean>`(created_at < ${time} or (created_at = ${time} and id < ${id}))`;
}

/** @param found one row more than the page holds, where there are as many */
export function toPage<Row extends Place>(found: Row[], { limit }: PageOptions): Page<Row> {
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? items.at(-1) : undefined };
}
