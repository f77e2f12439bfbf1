/** What can be done with todos. Nothing in here knows of HTTP. */
import { sql, type ExpressionBuilder, type Selectable } from "kysely";
import { isUniqueViolation, type Database, type Tables } from "../core/database.ts";

const COLUMNS = ["id", "title", "description", "is_completed", "created_at", "updated_at", "deleted_at"] as const;

export type Todo = Pick<Selectable<Tables["todos"]>, (typeof COLUMNS)[number]>;

export interface NewTodo {
  title: string;
  description?: string | null | undefined;
  is_completed?: boolean | undefined;
}

/** Only the fields that are there are changed. */
export type TodoChanges = { [Field in keyof NewTodo]?: NewTodo[Field] | undefined };

export interface ListOptions {
  /** `live`: what is to be done. `trash`: what was deleted. */
  from: "live" | "trash";
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

/** Another live todo has the title; the database allows only one. */
export class TitleTaken extends Error {
  readonly title: string;

  constructor(title: string) {
    super(`There is a live todo with the title "${title}" already.`);
    this.title = title;
  }
}

/** Does something that the database may refuse, because titles of live todos are unique. */
async function keepTitlesUnique<Result>(title: string | undefined, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (title !== undefined && isUniqueViolation(error)) throw new TitleTaken(title);
    throw error;
  }
}

const isLive = (where: ExpressionBuilder<Tables, "todos">) => where("deleted_at", "is", null);
const isInTrash = (where: ExpressionBuilder<Tables, "todos">) => where("deleted_at", "is not", null);

/** Whether a title has a text in it; a and A are the same. */
export function titleContains(text: string) {
  // % and _ stand for other letters in LIKE; behind a "!" they stand for themselves.
  const pattern = `%${text.replaceAll(/[!%_]/g, "!$&")}%`;
  return sql<boolean>`lower(title) LIKE lower(${pattern}) ESCAPE '!'`;
}

/** Throws TitleTaken. */
export async function createTodo(db: Database, todo: NewTodo): Promise<Todo> {
  const create = db.transaction().execute(async (transaction) => {
    await transaction.insertInto("todos").values(todo).execute();
    // No other live todo has the title. Not every database can tell the id that it has given.
    const created = transaction.selectFrom("todos").select(COLUMNS).where("title", "=", todo.title).where(isLive);
    return created.executeTakeFirstOrThrow();
  });
  return keepTitlesUnique(todo.title, () => create);
}

/** Todos page by page, the newest first. */
export async function listTodos(db: Database, options: ListOptions): Promise<Page> {
  const { from, limit, cursor, search, completed } = options;
  let query = db
    .selectFrom("todos")
    .select(COLUMNS)
    .where(from === "live" ? isLive : isInTrash);
  if (cursor !== undefined) query = query.where("id", "<", cursor);
  if (completed !== undefined) query = query.where("is_completed", "=", completed);
  if (search !== undefined) query = query.where(titleContains(search));
  // One more than asked for tells whether there is another page.
  const found = await query
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  const items = found.slice(0, limit);
  return { items, next_cursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** A live todo. */
export async function getTodo(db: Database, id: number): Promise<Todo | undefined> {
  return db.selectFrom("todos").select(COLUMNS).where("id", "=", id).where(isLive).executeTakeFirst();
}

/** A todo in the trash. */
export async function getDeletedTodo(db: Database, id: number): Promise<Todo | undefined> {
  return db.selectFrom("todos").select(COLUMNS).where("id", "=", id).where(isInTrash).executeTakeFirst();
}

/** Changes a live todo; gives nothing where there is none. Throws TitleTaken. */
export async function updateTodo(db: Database, id: number, changes: TodoChanges): Promise<Todo | undefined> {
  const update = db
    .updateTable("todos")
    .set({ ...changes, updated_at: new Date() })
    .where("id", "=", id)
    .where(isLive);
  await keepTitlesUnique(changes.title, () => update.execute());
  return getTodo(db, id);
}

/** Moves a live todo to the trash. One that is there already stays as it is, with the time of its first deletion. */
export async function deleteTodo(db: Database, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("todos")
    .set({ deleted_at: new Date() })
    .where("id", "=", id)
    .where(isLive)
    .executeTakeFirst();
  return numUpdatedRows > 0;
}

/** Takes a todo out of the trash; gives nothing where it is not in there. Throws TitleTaken. */
export async function restoreTodo(db: Database, id: number): Promise<Todo | undefined> {
  const todo = await getDeletedTodo(db, id);
  if (todo === undefined) return undefined;
  const update = db.updateTable("todos").set({ deleted_at: null }).where("id", "=", id).where(isInTrash);
  await keepTitlesUnique(todo.title, () => update.execute());
  return getTodo(db, id);
}

/** Deletes a todo in the trash for good. */
export async function destroyTodo(db: Database, id: number): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom("todos").where("id", "=", id).where(isInTrash).executeTakeFirst();
  return numDeletedRows > 0;
}

/** Deletes for good what has been in the trash since before a moment; says how many todos that were. */
export async function purgeTodos(db: Database, deletedBefore: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom("todos").where("deleted_at", "<=", deletedBefore).executeTakeFirst();
  return Number(numDeletedRows);
}
