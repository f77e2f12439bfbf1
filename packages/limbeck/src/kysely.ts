/**
 * `limbeck/kysely`: Kysely on the connections of Limbeck, so that rows hold what `Infer` says.
 *
 * @module
 */
import { Kysely, type Dialect } from "kysely";
import { loadDialect } from "./dialects/registry.ts";
import { createBorrowedKyselyDialect, createKyselyDialect } from "./dialects/sqlite/kysely/kysely-dialect.ts";
import type { Operations } from "./runtime/operations.ts";

/**
 * A Kysely dialect for a database URL. Booleans, dates, big integers, decimals and JSON are written and read as the models say.
 *
 * @param url for example `sqlite:todo.db`; a relative path starts at the working folder
 *
 * @example
 * const db = new Kysely<Infer<typeof models>>({ dialect: kyselyDialect("sqlite:todo.db") });
 */
export function kyselyDialect(url: string): Dialect {
  return createKyselyDialect(async () => (await loadDialect(url)).connect(url));
}

/**
 * Kysely inside a revision, on its connection and in its transaction: what was queued on `op` before a query runs first.
 *
 * @example
 * export async function upgrade(op: Operations) {
 *   const db = kyselyFor<{ todos: { id: number; title: string } }>(op);
 *   await db.updateTable("todos").set({ title: "untitled" }).where("title", "=", "").execute();
 * }
 */
export function kyselyFor<Database>(op: Operations): Kysely<Database> {
  return new Kysely<Database>({ dialect: createBorrowedKyselyDialect(op) });
}
