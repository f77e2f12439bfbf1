import { Kysely } from "kysely";
import { kyselyDialect } from "limbeck/kysely";
import type { Infer } from "limbeck/schema";
import type * as models from "../models.ts";

/** The tables as Kysely's queries see them: their columns and types come from the models. */
export type Tables = Infer<typeof models>;
export type Database = Kysely<Tables>;

/** Opens the database at the first query. The URL alone says which kind of database it is. */
export function openDatabase(url: string): Database {
  return new Kysely<Tables>({ dialect: kyselyDialect(url) });
}

/** Whether the database refused a row because of a unique constraint; each kind of database has numbers of its own for that. */
export function isUniqueViolation(error: unknown): boolean {
  const { errcode, code, errno } = Object(error);
  // SQLite has two: one for primary keys, and one for all others.
  const isSqlite = errcode === 1555 || errcode === 2067;
  const isPostgres = code === "23505";
  const isMariadb = errno === 1062;
  return isSqlite || isPostgres || isMariadb;
}
