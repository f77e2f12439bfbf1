/**
 * `limbeck/kysely`: Kysely on the connections of Limbeck, so that rows hold what `Infer` says.
 *
 * @module
 */
import { Kysely, type Dialect } from "kysely";
import type { ConnectOptions, DatabaseTarget } from "./dialect/dialect.ts";
import { createBorrowedKyselyDialect, createKyselyDialect } from "./dialects/kysely-registry.ts";
import type { Operations } from "./runtime/operations.ts";

/**
 * A Kysely dialect for a database. Booleans, dates, big integers, decimals and JSON are written and read as the models say.
 *
 * @param database a URL, for example `sqlite:todo.db` or `postgres://localhost/todo`, in which a relative path starts at the working folder; or an open
 * database object of a driver, which stays open when Kysely is destroyed
 * @param options `driver` is the npm package to open a URL with
 *
 * @example
 * const db = new Kysely<Infer<typeof models>>({ dialect: kyselyDialect("sqlite:todo.db") });
 *
 * @throws ConnectionError (unknownScheme, unknownConnection)
 */
export function kyselyDialect(database: DatabaseTarget, options: ConnectOptions = {}): Dialect {
  return createKyselyDialect(database, options);
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
  return new Kysely<Database>({ dialect: createBorrowedKyselyDialect(op.dialect, op) });
}
