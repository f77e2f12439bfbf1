/** How lists and todos come back from the trash, or go for good. */
import { inTransaction, Overtaken, type Database } from "../core/database.ts";
import { getDeletedList, getList } from "./list-crud.ts";
import { Conflict } from "./refusals.ts";
import { changeRow, demandFreeTitle, isInTrash, NAMES, type Kind, type List, type Todo } from "./rows.ts";
import { getDeletedTodo, getTodo } from "./todo-crud.ts";

const LIVE = { deleted_at: null, deletion_id: null };

const refuseLive = (kind: Kind, id: number): never => {
  throw new Conflict(`The ${NAMES[kind]} ${id} is live; it is not in the trash.`, id);
};

/** @throws Conflict where the title of a todo that would come back along is taken */
async function demandFreeTitlesOfGroup(db: Database, { id, deletion_id }: List): Promise<void> {
  const blocked = await db
    .selectFrom("todos as todo")
    .innerJoin("todos as twin", "twin.title", "todo.title")
    .select(["todo.id", "todo.title", "twin.id as twin_id"])
    .where("todo.list_id", "=", id)
    .where("todo.deletion_id", "=", deletion_id)
    .where("twin.deleted_at", "is", null)
    .orderBy("todo.id")
    .executeTakeFirst();
  if (blocked === undefined) return;
  throw new Conflict(
    `With the list ${id} its todo ${blocked.id} would come back, and the live todo ${blocked.twin_id} has its title "${blocked.title}".`,
    blocked.twin_id,
    `PATCH /todos/${blocked.twin_id} with another title`,
  );
}

/** Brings a list back with those todos that went with it, and no others. */
async function bringBackList(db: Database, list: List): Promise<void> {
  await demandFreeTitle(db, "lists", list.title, `POST /lists/${list.id}/restore?title=...`);
  await demandFreeTitlesOfGroup(db, list);
  // The list first: the guard lets no todo come back into one that is dead.
  await changeRow(db, "lists", list, { ...LIVE, title: list.title });
  await db
    .updateTable("todos")
    .set((todo) => ({ ...LIVE, version: todo("version", "+", 1) }))
    .where("list_id", "=", list.id)
    .where("deletion_id", "=", list.deletion_id)
    .where(isInTrash)
    .execute();
}

export interface RestoreOptions {
  /** Comes back under this title. */
  title?: string | undefined;
}

/**
 * Takes a list out of the trash, with the todos that went with it; gives nothing where there is none.
 *
 * @throws Conflict
 */
export function restoreList(db: Database, id: number, { title }: RestoreOptions): Promise<List | undefined> {
  return inTransaction(db, async (transaction) => {
    const list = await getDeletedList(transaction, id);
    if (list === undefined) return (await getList(transaction, id)) && refuseLive("lists", id);
    await bringBackList(transaction, title === undefined ? list : { ...list, title });
    return getList(transaction, id);
  });
}

export interface RestoreTodoOptions extends RestoreOptions {
  /** Its list comes back as well, where that is in the trash. */
  cascade: boolean;
}

/**
 * Takes a todo out of the trash; gives nothing where there is none.
 *
 * @throws Conflict
 */
export function restoreTodo(db: Database, id: number, options: RestoreTodoOptions): Promise<Todo | undefined> {
  const { title, cascade } = options;
  return inTransaction(db, async (transaction) => {
    const todo = await getDeletedTodo(transaction, id);
    if (todo === undefined) return (await getTodo(transaction, id)) && refuseLive("todos", id);
    // While it is in the trash any title will do.
    if (title !== undefined) await changeRow(transaction, "todos", todo, { title });
    const list = todo.list_id === null ? undefined : await getDeletedList(transaction, todo.list_id);
    if (list !== undefined && !cascade) {
      const detail = `The todo ${id} is in the list ${list.id}, which is in the trash: restore list ${list.id} first.`;
      throw new Conflict(detail, list.id, `POST /lists/${list.id}/restore, or POST /todos/${id}/restore?cascade=true`);
    }
    if (list !== undefined) await bringBackList(transaction, list);
    // It may have come back with its list.
    const dead = await getDeletedTodo(transaction, id);
    if (dead !== undefined) {
      await demandFreeTitle(transaction, "todos", dead.title, `POST /todos/${id}/restore?title=...`);
      await changeRow(transaction, "todos", dead, LIVE);
    }
    return getTodo(transaction, id);
  });
}

/**
 * Deletes a list in the trash for good, with its todos, which are all in the trash as well. Gives false where there is none.
 *
 * @throws Conflict
 */
export function destroyList(db: Database, id: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    if ((await getDeletedList(transaction, id)) === undefined)
      return (await getList(transaction, id)) ? refuseLive("lists", id) : false;
    await transaction.deleteFrom("todos").where("list_id", "=", id).where(isInTrash).execute();
    const list = transaction.deleteFrom("lists").where("id", "=", id).where(isInTrash);
    // Restored meanwhile: what was in the trash before the list went would be gone, and the list not.
    if ((await list.executeTakeFirst()).numDeletedRows === 0n) throw new Overtaken();
    return true;
  });
}

/**
 * Deletes a todo in the trash for good. Gives false where there is none.
 *
 * @throws Conflict
 */
export function destroyTodo(db: Database, id: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const found = transaction.deleteFrom("todos").where("id", "=", id).where(isInTrash);
    if ((await found.executeTakeFirst()).numDeletedRows > 0) return true;
    return (await getTodo(transaction, id)) ? refuseLive("todos", id) : false;
  });
}

/** How many of each are gone. */
export interface Purged {
  todos: number;
  lists: number;
}

/** Deletes for good what has been in the trash since before a moment. */
export function purgeTrash(db: Database, deletedBefore: Date): Promise<Purged> {
  return inTransaction(db, async (transaction) => {
    const todos = await transaction.deleteFrom("todos").where("deleted_at", "<=", deletedBefore).executeTakeFirst();
    // The todos of a list went with it or before it; where clocks disagree, the list waits for the last of them.
    const lists = await transaction
      .deleteFrom("lists")
      .where("deleted_at", "<=", deletedBefore)
      .where((list) =>
        list.not(list.exists(list.selectFrom("todos").select("todos.id").whereRef("todos.list_id", "=", "lists.id"))),
      )
      .executeTakeFirst();
    return { todos: Number(todos.numDeletedRows), lists: Number(lists.numDeletedRows) };
  });
}
