/** Todos in the trash: deleted, and still there. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { settings } from "../core/config.ts";
import type { Database } from "../core/database.ts";
import { idSchema, pageSchema, purgedSchema, purgeQuerySchema, todoSchema, trashQuerySchema } from "../schemas.ts";
import { destroyTodo, getTodo, listTodos, purgeTodos, restoreTodo } from "../services/todo-crud.ts";
import { json, present, presentPage } from "./answers.ts";
import type { ApiEnv } from "./api-env.ts";
import { Problem, problems, refuseInvalid } from "./problem.ts";
import { refuseBody } from "./refuse-body.ts";

export const trashApi = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

const tags = ["Trash"];
const INVALID = "The request is not valid";
const NOT_FOUND = "No todo has this id";
const BODY = "It has a body, which nobody would read";
const MILLISECONDS_PER_DAY = 24 * 60 * 60 * 1000;

/** Why something cannot be done with a todo that is not in the trash. */
async function explainAbsence(db: Database, id: number): Promise<Problem> {
  if (await getTodo(db, id)) return new Problem(409, `The todo with the id ${id} is live; it is not in the trash.`);
  return new Problem(404, `There is no todo with the id ${id} in the trash.`);
}

const listRoute = createRoute({
  method: "get",
  path: "/trash",
  tags,
  summary: "List what is in the trash",
  request: { query: trashQuerySchema },
  responses: { 200: json(pageSchema, "One page of it"), ...problems({ 422: INVALID }) },
});

trashApi.openapi(listRoute, async (c) => {
  const { limit = 20, ...query } = c.req.valid("query");
  return c.json(presentPage(await listTodos(c.var.db, { from: "trash", limit, ...query })), 200);
});

const restoreRoute = createRoute({
  method: "post",
  path: "/todos/{id}/restore",
  tags,
  summary: "Take a todo out of the trash",
  middleware: refuseBody,
  request: { params: idSchema },
  responses: {
    200: json(todoSchema, "The todo, live again"),
    ...problems({ 400: BODY, 404: NOT_FOUND, 409: "It is live, or a live todo has its title", 422: INVALID }),
  },
});

trashApi.openapi(restoreRoute, async (c) => {
  const { id } = c.req.valid("param");
  const todo = await restoreTodo(c.var.db, id);
  if (todo === undefined) throw await explainAbsence(c.var.db, id);
  return c.json(present(todo), 200);
});

const destroyRoute = createRoute({
  method: "delete",
  path: "/trash/{id}",
  tags,
  summary: "Delete a todo in the trash for good",
  request: { params: idSchema },
  responses: {
    204: { description: "It is gone" },
    ...problems({ 404: NOT_FOUND, 409: "It is live: move it to the trash first", 422: INVALID }),
  },
});

trashApi.openapi(destroyRoute, async (c) => {
  const { id } = c.req.valid("param");
  if (!(await destroyTodo(c.var.db, id))) throw await explainAbsence(c.var.db, id);
  return c.body(null, 204);
});

const purgeRoute = createRoute({
  method: "post",
  path: "/trash/purge",
  tags,
  summary: "Delete for good what has been in the trash for long",
  middleware: refuseBody,
  request: { query: purgeQuerySchema },
  responses: { 200: json(purgedSchema, "How many todos are gone"), ...problems({ 400: BODY, 422: INVALID }) },
});

trashApi.openapi(purgeRoute, async (c) => {
  const { older_than_days: days = settings.retentionDays } = c.req.valid("query");
  const purged = await purgeTodos(c.var.db, new Date(Date.now() - days * MILLISECONDS_PER_DAY));
  return c.json({ purged }, 200);
});
