/** Lists and todos in the trash: deleted, and still there. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { json } from "../../../00_personal_todo/app/api/answers.ts";
import { Problem, refuseInvalid } from "../../../00_personal_todo/app/api/problem.ts";
import { refuseBody } from "../../../00_personal_todo/app/api/refuse-body.ts";
import { settings } from "../../../00_personal_todo/app/core/config.ts";
import { idSchema, purgeQuerySchema } from "../../../00_personal_todo/app/schemas.ts";
import {
  idempotencyKeySchema,
  listedTodoPageSchema,
  listedTodoSchema,
  listPageSchema,
  listSchema,
  pageQuerySchema,
  purgedAllSchema,
  restoreListQuerySchema,
  restoreTodoQuerySchema,
} from "../schemas.ts";
import { forgetAnswers } from "../services/kept-answers.ts";
import { pageLists } from "../services/list-crud.ts";
import { pageTodos } from "../services/todo-crud.ts";
import { destroyList, destroyTodo, purgeTrash, restoreList, restoreTodo } from "../services/trash.ts";
import { DAY_IN_MILLISECONDS, present, presentPage, readCursor, refusals } from "./answers.ts";
import type { ApiEnv } from "./api-env.ts";
import { writeEtag } from "./preconditions.ts";

export const trashApi = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

const tags = ["Trash"];
const NO_LIST = "No list has this id";
const NO_TODO = "No todo has this id";
const LIVE = "It is live: move it to the trash first";

const missing = (what: string, id: number): Problem =>
  new Problem(404, `There is no ${what} with the id ${id} in the trash.`);

const todoPageRoute = createRoute({
  method: "get",
  path: "/trash",
  tags,
  summary: "List the todos in the trash, the newest first",
  request: { query: pageQuerySchema },
  responses: { 200: json(listedTodoPageSchema, "One page of them"), ...refusals({ 400: "The cursor is none" }) },
});

trashApi.openapi(todoPageRoute, async (c) => {
  const { limit = 20, cursor, search } = c.req.valid("query");
  const page = await pageTodos(c.var.db, { from: "trash", limit, after: readCursor(cursor), search });
  return c.json(presentPage(page), 200);
});

const listPageRoute = createRoute({
  method: "get",
  path: "/trash/lists",
  tags,
  summary: "List the lists in the trash, the newest first",
  request: { query: pageQuerySchema },
  responses: { 200: json(listPageSchema, "One page of them"), ...refusals({ 400: "The cursor is none" }) },
});

trashApi.openapi(listPageRoute, async (c) => {
  const { limit = 20, cursor, search } = c.req.valid("query");
  const page = await pageLists(c.var.db, { from: "trash", limit, after: readCursor(cursor), search });
  return c.json(presentPage(page), 200);
});

const restoreListRoute = createRoute({
  method: "post",
  path: "/lists/{id}/restore",
  tags,
  summary: "Take a list out of the trash, with the todos that went with it",
  middleware: refuseBody,
  request: { params: idSchema, headers: idempotencyKeySchema, query: restoreListQuerySchema },
  responses: {
    200: json(listSchema, "The list, live again"),
    ...refusals({ 404: NO_LIST, 409: "It is live, or a live list or todo has the title of what would come back" }),
  },
});

trashApi.openapi(restoreListRoute, async (c) => {
  const { id } = c.req.valid("param");
  const list = await restoreList(c.var.db, id, c.req.valid("query"));
  if (list === undefined) throw missing("list", id);
  c.header("ETag", writeEtag(list.version));
  return c.json(present(list), 200);
});

const restoreTodoRoute = createRoute({
  method: "post",
  path: "/todos/{id}/restore",
  tags,
  summary: "Take a todo out of the trash",
  middleware: refuseBody,
  request: { params: idSchema, headers: idempotencyKeySchema, query: restoreTodoQuerySchema },
  responses: {
    200: json(listedTodoSchema, "The todo, live again"),
    ...refusals({ 404: NO_TODO, 409: "It is live, or its list is in the trash, or a live todo has its title" }),
  },
});

trashApi.openapi(restoreTodoRoute, async (c) => {
  const { id } = c.req.valid("param");
  const { title, cascade } = c.req.valid("query");
  const todo = await restoreTodo(c.var.db, id, { title, cascade: cascade === "true" });
  if (todo === undefined) throw missing("todo", id);
  c.header("ETag", writeEtag(todo.version));
  return c.json(present(todo), 200);
});

const destroyTodoRoute = createRoute({
  method: "delete",
  path: "/trash/{id}",
  tags,
  summary: "Delete a todo in the trash for good",
  request: { params: idSchema },
  responses: { 204: { description: "It is gone" }, ...refusals({ 404: NO_TODO, 409: LIVE }) },
});

trashApi.openapi(destroyTodoRoute, async (c) => {
  const { id } = c.req.valid("param");
  if (!(await destroyTodo(c.var.db, id))) throw missing("todo", id);
  return c.body(null, 204);
});

const destroyListRoute = createRoute({
  method: "delete",
  path: "/trash/lists/{id}",
  tags,
  summary: "Delete a list in the trash for good, with its todos",
  request: { params: idSchema },
  responses: { 204: { description: "They are gone" }, ...refusals({ 404: NO_LIST, 409: LIVE }) },
});

trashApi.openapi(destroyListRoute, async (c) => {
  const { id } = c.req.valid("param");
  if (!(await destroyList(c.var.db, id))) throw missing("list", id);
  return c.body(null, 204);
});

const purgeRoute = createRoute({
  method: "post",
  path: "/trash/purge",
  tags,
  summary: "Delete for good what has been in the trash for long, and forget answers that are a day old",
  middleware: refuseBody,
  request: { headers: idempotencyKeySchema, query: purgeQuerySchema },
  responses: {
    200: json(purgedAllSchema, "How much is gone"),
    ...refusals({ 409: "Somebody restored what was about to go" }),
  },
});

trashApi.openapi(purgeRoute, async (c) => {
  const { older_than_days: days = settings.retentionDays } = c.req.valid("query");
  const now = new Date();
  const purged = await purgeTrash(c.var.db, new Date(now.getTime() - days * DAY_IN_MILLISECONDS));
  const forgotten = await forgetAnswers(c.var.db, now);
  return c.json({ purged: purged.todos, purged_lists: purged.lists, forgotten_answers: forgotten }, 200);
});
