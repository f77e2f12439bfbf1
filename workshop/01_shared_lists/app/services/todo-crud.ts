/** What can be done with live todos. How they come back from the trash stands in trash.ts. */
import { randomUUID } from "node:crypto";
import { titleContains } from "../../../00_personal_todo/app/services/todo-crud.ts";
import type { ListOptions, NewTodo } from "../../../00_personal_todo/app/services/todo-crud.ts";
import { inTransaction, type Database } from "../core/database.ts";
import { getDeletedList, getList } from "./list-crud.ts";
import { comesAfter, toPage, type Page, type PageOptions } from "./pages.ts";
import { Conflict, UnknownList } from "./refusals.ts";
import { changeRow, demandFreeTitle, demandVersion, isInTrash, isLive, TODO_COLUMNS } from "./rows.ts";
import type { Expectation, Todo } from "./rows.ts";

export interface NewListedTodo extends NewTodo {
  /** null: the todo is in no list. */
  list_id?: number | null | undefined;
}

/** Only the fields that are there are changed. */
export type ListedTodoChanges = { [Field in keyof NewListedTodo]?: NewListedTodo[Field] | undefined };

export interface TodoPageOptions extends PageOptions, Pick<ListOptions, "from" | "search" | "completed"> {
  /** Only todos in this list. */
  list_id?: number | undefined;
}

/**
 * Refuses a list that cannot get live todos. The guard in the database would do so as well, and does where the list is deleted at the same time.
 *
 * @throws Conflict, UnknownList
 */
async function demandLiveList(db: Database, id: number | null | undefined): Promise<void> {
  if (id === null || id === undefined || (await getList(db, id))) return;
  if ((await getDeletedList(db, id)) === undefined) throw new UnknownList(id);
  throw new Conflict(`The list ${id} is in the trash: restore list ${id} first.`, id, `POST /lists/${id}/restore`);
}

/** @throws Conflict, UnknownList */
export function createTodo(db: Database, todo: NewListedTodo): Promise<Todo> {
  return inTransaction(db, async (transaction) => {
    await demandLiveList(transaction, todo.list_id);
    await demandFreeTitle(transaction, "todos", todo.title);
    await transaction.insertInto("todos").values(todo).execute();
    const created = transaction.selectFrom("todos").select(TODO_COLUMNS).where("title", "=", todo.title).where(isLive);
    return created.executeTakeFirstOrThrow();
  });
}

export async function pageTodos(db: Database, options: TodoPageOptions): Promise<Page<Todo>> {
  const { from, limit, after, search, completed, list_id } = options;
  let query = db.selectFrom("todos").select(TODO_COLUMNS);
  query = query.where(from === "live" ? isLive : isInTrash);
  if (after !== undefined) query = query.where(comesAfter("todos", after));
  if (search !== undefined) query = query.where(titleContains(search));
  if (completed !== undefined) query = query.where("is_completed", "=", completed);
  if (list_id !== undefined) query = query.where("list_id", "=", list_id);
  const newestFirst = query.orderBy("created_at", "desc").orderBy("id", "desc");
  return toPage(await newestFirst.limit(limit + 1).execute(), options);
}

/** A live todo. */
export function getTodo(db: Database, id: number): Promise<Todo | undefined> {
  return db.selectFrom("todos").select(TODO_COLUMNS).where("id", "=", id).where(isLive).executeTakeFirst();
}

/** A todo in the trash. */
export function getDeletedTodo(db: Database, id: number): Promise<Todo | undefined> {
  return db.selectFrom("todos").select(TODO_COLUMNS).where("id", "=", id).where(isInTrash).executeTakeFirst();
}

/**
 * Changes a live todo; gives nothing where there is none.
 *
 * @throws Conflict, Stale, UnknownList
 */
export function updateTodo(
  db: Database,
  id: number,
  changes: ListedTodoChanges,
  isExpected: Expectation,
): Promise<Todo | undefined> {
  return inTransaction(db, async (transaction) => {
    const todo = await getTodo(transaction, id);
    if (todo === undefined) return undefined;
    demandVersion(todo, isExpected);
    await demandLiveList(transaction, changes.list_id);
    const { title } = changes;
    if (title !== undefined && title !== todo.title) await demandFreeTitle(transaction, "todos", title);
    await changeRow(transaction, "todos", todo, { ...changes, updated_at: new Date() });
    return getTodo(transaction, id);
  });
}

/**
 * Moves a live todo to the trash, by itself; gives nothing where there is none.
 *
 * @throws Stale
 */
export function deleteTodo(db: Database, id: number, isExpected: Expectation): Promise<Todo | undefined> {
  return inTransaction(db, async (transaction) => {
    const todo = await getTodo(transaction, id);
    if (todo === undefined) return undefined;
    demandVersion(todo, isExpected);
    const deletion = { deleted_at: new Date(), deletion_id: randomUUID() };
    await changeRow(transaction, "todos", todo, deletion);
    return { ...todo, ...deletion, version: todo.version + 1 };
  });
}
