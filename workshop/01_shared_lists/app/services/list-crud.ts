/** What can be done with live lists. How they come back from the trash stands in trash.ts. */
import { randomUUID } from "node:crypto";
import { titleContains } from "../../../00_personal_todo/app/services/todo-crud.ts";
import { inTransaction, type Database } from "../core/database.ts";
import { comesAfter, toPage, type Page, type PageOptions } from "./pages.ts";
import { changeRow, demandFreeTitle, demandVersion, isInTrash, isLive, LIST_COLUMNS } from "./rows.ts";
import type { Expectation, List } from "./rows.ts";

export interface ListPageOptions extends PageOptions {
  from: "live" | "trash";
  /** Only lists with this text in their title. */
  search?: string | undefined;
}

/** @throws Conflict */
export function createList(db: Database, { title }: { title: string }): Promise<List> {
  return inTransaction(db, async (transaction) => {
    await demandFreeTitle(transaction, "lists", title);
    await transaction.insertInto("lists").values({ title }).execute();
    const created = transaction.selectFrom("lists").select(LIST_COLUMNS).where("title", "=", title).where(isLive);
    return created.executeTakeFirstOrThrow();
  });
}

export async function pageLists(db: Database, options: ListPageOptions): Promise<Page<List>> {
  const { from, limit, after, search } = options;
  let query = db.selectFrom("lists").select(LIST_COLUMNS);
  query = query.where(from === "live" ? isLive : isInTrash);
  if (after !== undefined) query = query.where(comesAfter("lists", after));
  if (search !== undefined) query = query.where(titleContains(search));
  const newestFirst = query.orderBy("created_at", "desc").orderBy("id", "desc");
  return toPage(await newestFirst.limit(limit + 1).execute(), options);
}

/** A live list. */
export function getList(db: Database, id: number): Promise<List | undefined> {
  return db.selectFrom("lists").select(LIST_COLUMNS).where("id", "=", id).where(isLive).executeTakeFirst();
}

/** A list in the trash. */
export function getDeletedList(db: Database, id: number): Promise<List | undefined> {
  return db.selectFrom("lists").select(LIST_COLUMNS).where("id", "=", id).where(isInTrash).executeTakeFirst();
}

/**
 * Changes a live list; gives nothing where there is none.
 *
 * @throws Conflict, Stale
 */
export function updateList(
  db: Database,
  id: number,
  { title }: { title: string },
  isExpected: Expectation,
): Promise<List | undefined> {
  return inTransaction(db, async (transaction) => {
    const list = await getList(transaction, id);
    if (list === undefined) return undefined;
    demandVersion(list, isExpected);
    if (title !== list.title) await demandFreeTitle(transaction, "lists", title);
    await changeRow(transaction, "lists", list, { title, updated_at: new Date() });
    return getList(transaction, id);
  });
}

/** What a deletion did: the list, now in the trash, and how many todos went along. */
export interface DeletedList {
  list: List;
  todos: number;
}

/**
 * Moves a live list to the trash, and its live todos with it; gives nothing where there is none.
 *
 * @throws Stale
 */
export function deleteList(db: Database, id: number, isExpected: Expectation): Promise<DeletedList | undefined> {
  return inTransaction(db, async (transaction) => {
    const list = await getList(transaction, id);
    if (list === undefined) return undefined;
    demandVersion(list, isExpected);
    const deletion = { deleted_at: new Date(), deletion_id: randomUUID() };
    // The todos first: the guard lets no list go that has live ones.
    const { numUpdatedRows } = await transaction
      .updateTable("todos")
      .set((todo) => ({ ...deletion, version: todo("version", "+", 1) }))
      .where("list_id", "=", id)
      .where(isLive)
      .executeTakeFirst();
    await changeRow(transaction, "lists", list, deletion);
    return { list: { ...list, ...deletion, version: list.version + 1 }, todos: Number(numUpdatedRows) };
  });
}
