import type { z } from "@hono/zod-openapi";
import type { pageSchema, todoSchema } from "../schemas.ts";
import type { Page, Todo } from "../services/todo-crud.ts";

/** A body of JSON, for the description of the API. */
export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** A todo as it goes out: times are text, in UTC. */
export function present(todo: Todo): z.infer<typeof todoSchema> {
  return {
    ...todo,
    created_at: todo.created_at.toISOString(),
    updated_at: todo.updated_at?.toISOString() ?? null,
    deleted_at: todo.deleted_at?.toISOString() ?? null,
  };
}

export function presentPage({ items, next_cursor }: Page): z.infer<typeof pageSchema> {
  return { items: items.map(present), next_cursor };
}
