/** What lists and todos have in common: a title, a version, and a trash. */
import type { ExpressionBuilder, Selectable, Updateable } from "kysely";
import { Overtaken, type Database, type Tables } from "../core/database.ts";
import { Conflict, Stale } from "./refusals.ts";

export type Kind = "lists" | "todos";

const COLUMNS = ["id", "title", "version", "created_at", "updated_at", "deleted_at", "deletion_id"] as const;

export const LIST_COLUMNS = COLUMNS;
export const TODO_COLUMNS = [...COLUMNS, "description", "is_completed", "list_id"] as const;

export type List = Pick<Selectable<Tables["lists"]>, (typeof LIST_COLUMNS)[number]>;
export type Todo = Pick<Selectable<Tables["todos"]>, (typeof TODO_COLUMNS)[number]>;

/** Says whether a version is one that whoever wants the change has seen. */
export type Expectation = (version: number) => boolean;

export const isLive = (where: ExpressionBuilder<Tables, Kind>) => where("deleted_at", "is", null);
export const isInTrash = (where: ExpressionBuilder<Tables, Kind>) => where("deleted_at", "is not", null);

export const NAMES = { lists: "list", todos: "todo" } as const;

/** @throws Stale */
export function demandVersion({ version }: { version: number }, isExpected: Expectation): void {
  if (!isExpected(version)) throw new Stale(version);
}

/**
 * Refuses a title that another live row of the kind has. The database would do so as well, and does where two come at once; but it does not say which row it is.
 *
 * @throws Conflict
 */
export async function demandFreeTitle(db: Database, kind: Kind, title: string, fix?: string): Promise<void> {
  const twin = await db.selectFrom(kind).select("id").where("title", "=", title).where(isLive).executeTakeFirst();
  if (twin === undefined) return;
  throw new Conflict(`The live ${NAMES[kind]} ${twin.id} has the title "${title}" already.`, twin.id, fix);
}

/**
 * Changes a row that was read before, and counts its version on.
 *
 * @throws Overtaken where it has changed since
 */
export async function changeRow(
  db: Database,
  kind: Kind,
  { id, version }: { id: number; version: number },
  changes: Updateable<Tables["lists"]> | Updateable<Tables["todos"]>,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable(kind)
    .set({ ...changes, version: version + 1 })
    .where("id", "=", id)
    .where("version", "=", version)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Overtaken();
}
