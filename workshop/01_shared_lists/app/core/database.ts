import { Kysely } from "kysely";
import { kyselyDialect } from "limbeck/kysely";
import type { Infer } from "limbeck/schema";
import { isUniqueViolation } from "../../../00_personal_todo/app/core/database.ts";
import type * as models from "../models.ts";

/** The tables as Kysely's queries see them. */
export type Tables = Infer<typeof models>;
export type Database = Kysely<Tables>;

/** Opens the database at the first query. */
export function openDatabase(url: string): Database {
  return new Kysely<Tables>({ dialect: kyselyDialect(url) });
}

/** A row is no longer as it was read a moment ago. */
export class Overtaken extends Error {}

/**
 * Whether another request came in between: it has changed the row, taken the title, deleted the list or put a todo into it, each of the two waits for the other, or what was read is old.
 * What the database refuses because of another row has a number of its own in each kind of database.
 */
export function isCollision(error: unknown): boolean {
  const { errcode, code, errno } = Object(error);
  const breaksReference = errcode === 787 || code === "23503" || errno === 1451 || errno === 1452;
  const isDeadlock = code === "40P01" || errno === 1213;
  // Where a transaction may change no row that is newer than what it has read: MariaDB from 11.6.2 on, and PostgreSQL if told so.
  const isSnapshotOld = code === "40001" || errno === 1020;
  return error instanceof Overtaken || isUniqueViolation(error) || breaksReference || isDeadlock || isSnapshotOld;
}

const MAX_ATTEMPTS = 5;

/** Runs work in a transaction: all of it happens, or nothing. Where another request came in between it begins again, and sees what that one did. */
export async function inTransaction<Result>(
  db: Database,
  work: (transaction: Database) => Promise<Result>,
): Promise<Result> {
  // Who has opened it decides what happens to it.
  if (db.isTransaction) return work(db);
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isCollision(error)) throw error;
    }
  }
}
