/** What goes in and out over HTTP, where it differs from the first workshop. The page at /docs is made from it. */
import { z } from "@hono/zod-openapi";
import {
  idSchema,
  listQuerySchema,
  newTodoSchema,
  problemSchema,
  purgedSchema,
  todoSchema,
  trashQuerySchema,
} from "../../00_personal_todo/app/schemas.ts";

const { title, description, is_completed } = newTodoSchema.shape;
const { created_at: time } = todoSchema.shape;

export const MAX_ID = 2_147_483_647;
const listId = z
  .int("must be the id of a list, or null")
  .min(1, "must be the id of a list, or null")
  .max(MAX_ID, "must be the id of a list, or null")
  .nullable()
  .openapi({ example: 7 });

export const listTitleSchema = z.strictObject({ title }, "must be an object").openapi("ListTitle");

export const newListedTodoSchema = z
  .strictObject({ title, description, is_completed, list_id: listId.optional() }, "must be an object")
  .openapi("NewTodo");
export const listedTodoChangesSchema = newListedTodoSchema
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, "has nothing to change: send at least one field")
  .openapi("TodoChanges");

/** What lists and todos have in common. */
const row = {
  id: todoSchema.shape.id,
  title: todoSchema.shape.title,
  version: z.int().openapi({ example: 1, description: "What its ETag says" }),
  created_at: time,
  updated_at: time.nullable(),
  deleted_at: time.nullable().openapi({ example: null }),
  deletion_id: z
    .string()
    .nullable()
    .openapi({ example: null, description: "The same in all that was deleted together" }),
  purge_at: time.nullable().openapi({ example: null, description: "From when on a purge takes it away for good" }),
};

export const listSchema = z.object(row).openapi("List");
export const deletedListSchema = z
  .object({ ...row, deleted_todos: z.int().openapi({ description: "How many todos went along" }) })
  .openapi("DeletedList");
export const listedTodoSchema = z
  .object({
    ...row,
    description: todoSchema.shape.description,
    is_completed: todoSchema.shape.is_completed,
    list_id: listId,
  })
  .openapi("Todo");

const nextCursor = z.string().nullable().openapi({ description: "The cursor of the next page; null on the last one" });
export const listPageSchema = z.object({ items: z.array(listSchema), next_cursor: nextCursor }).openapi("ListPage");
export const listedTodoPageSchema = z
  .object({ items: z.array(listedTodoSchema), next_cursor: nextCursor })
  .openapi("TodoPage");

const cursor = z.string().optional().openapi({ description: "The next_cursor of the page before" });
export const pageQuerySchema = z.strictObject({ ...trashQuerySchema.shape, cursor });
export const listedTodosQuerySchema = z.strictObject({
  ...listQuerySchema.shape,
  cursor,
  list_id: idSchema.shape.id.optional().openapi({ description: "Only todos in this list" }),
});

export const restoreListQuerySchema = z.strictObject({
  title: title.optional().openapi({ description: "Comes back under this title" }),
});
export const restoreTodoQuerySchema = restoreListQuerySchema.extend({
  cascade: z.enum(["true", "false"], "must be true or false").optional().openapi({
    description: "true: its list comes back as well, with the todos that went with it",
  }),
});

export const purgedAllSchema = z
  .object({
    ...purgedSchema.shape,
    purged_lists: z.int().openapi({ example: 1 }),
    forgotten_answers: z.int().openapi({ example: 5, description: "Answers kept for an Idempotency-Key" }),
  })
  .openapi("Purged");

/** Headers of requests, in the letters in which Hono knows them. */
export const ifMatchSchema = z.object({
  "if-match": z.string().openapi({ example: '"1"', description: "The ETag of what you have read" }),
});
export const optionalIfMatchSchema = ifMatchSchema.partial();
export const idempotencyKeySchema = z.object({
  "idempotency-key": z.string().optional().openapi({
    description: "Any text of your choice. A second request with it is answered as the first one was, and does nothing",
  }),
});

export const conflictSchema = z
  .object({
    ...problemSchema.shape,
    blocking_id: z.int().optional().openapi({ example: 7, description: "The id of what stands in the way" }),
    fix: z.string().optional().openapi({ example: "POST /lists/7/restore", description: "What to send about it" }),
  })
  .openapi("Conflict");
