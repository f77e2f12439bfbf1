/** What can be done with todos. Nothing in here knows of HTTP. */
import { sql, type Selectable } from "kysely";
import type { Database, Tables } from "../core/database.ts";

const COLUMNS = ["id", "title", "description", "is_completed", "created_at", "updated_at"] as const;

export type Todo = Pick<Selectable<Tables["todos"]>, (typeof COLUMNS)[number]>;

export interface NewTodo {
  title: string;
  description?: string | null | undefined;
  is_completed?: boolean | undefined;
}

/** Only the fields that are there are changed. */
export type TodoChanges = { [Field in keyof NewTodo]?: NewTodo[Field] | undefined };

export interface ListOptions {
  /** How many todos a page holds at most. */
  limit: number;
  /** Begin below the todo with this id: the last one of the page before. */
  cursor?: number | undefined;
  /** Only todos with this text in their title. */
  search?: string | undefined;
  completed?: boolean | undefined;
}

export interface Page {
  items: Todo[];
  /** The cursor of the next page; null on the last one. */
  next_cursor: number | null;
}

export async function createTodo(db: Database, todo: NewTodo): Promise<Todo> {
  return db.transaction().execute(async (transaction) => {
    await transaction.insertInto("todos").values(todo).execute();
    // The one that was just added. Not every database can tell the id that it has given.
    const created = transaction.selectFrom("todos").select(COLUMNS).orderBy("id", "desc").limit(1);
    return created.executeTakeFirstOrThrow();
  });
}

/** Todos page by page, the newest first. */
export async function listTodos(db: Database, options: ListOptions): Promise<Page> {
  const { limit, cursor, search, completed } = options;
  let query = db.selectFrom("todos").select(COLUMNS);
  if (cursor !== undefined) query = query.where("id", "<", cursor);
  if (completed !== undefined) query = query.where("is_completed", "=", completed);
  if (search !== undefined) {
    // % and _ stand for other letters in LIKE; behind a "!" they stand for themselves.
    const pattern = `%${search.replaceAll(/[!%_]/g, "!$&")}%`;
    query = query.where(sql<boolean>`lower(title) LIKE lower(${pattern}) ESCAPE '!'`);
  }
  // One more than asked for tells whether there is another page.
  const found = await query
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  const items = found.slice(0, limit);
  return { items, next_cursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
}

export async function getTodo(db: Database, id: number): Promise<Todo | undefined> {
  return db.selectFrom("todos").select(COLUMNS).where("id", "=", id).executeTakeFirst();
}

/** Changes a todo; gives nothing where there is none. */
export async function updateTodo(db: Database, id: number, changes: TodoChanges): Promise<Todo | undefined> {
  await db
    .updateTable("todos")
    .set({ ...changes, updated_at: new Date() })
    .where("id", "=", id)
    .execute();
  return getTodo(db, id);
}

/** Deletes a todo, for good; says whether there was one. */
export async function deleteTodo(db: Database, id: number): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom("todos").where("id", "=", id).executeTakeFirst();
  return numDeletedRows > 0;
}
