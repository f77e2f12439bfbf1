/** Live todos. What happens to them once they are deleted stands in trash-api.ts. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { json } from "../../../00_personal_todo/app/api/answers.ts";
import { Problem, refuseInvalid } from "../../../00_personal_todo/app/api/problem.ts";
import { idSchema } from "../../../00_personal_todo/app/schemas.ts";
import {
  idempotencyKeySchema,
  ifMatchSchema,
  listedTodoChangesSchema,
  listedTodoPageSchema,
  listedTodoSchema,
  listedTodosQuerySchema,
  newListedTodoSchema,
  optionalIfMatchSchema,
} from "../schemas.ts";
import { createTodo, deleteTodo, getTodo, pageTodos, updateTodo } from "../services/todo-crud.ts";
import { present, presentPage, readCursor, refusals, requiredBody } from "./answers.ts";
import type { ApiEnv } from "./api-env.ts";
import { demandIfMatch, readIfMatch, writeEtag } from "./preconditions.ts";

export const todoApi = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

const tags = ["Todos"];
const NOT_FOUND = "No live todo has this id";
const IN_THE_WAY = "Another live todo has this title, or the list is in the trash";
const STALE = "The todo has changed since its ETag was read";

function demand<Row>(row: Row | undefined, id: number): Row {
  if (row === undefined) throw new Problem(404, `There is no live todo with the id ${id}.`);
  return row;
}

const newTodoRoute = createRoute({
  method: "post",
  path: "/todos",
  tags,
  summary: "Create a todo, in a list or in none",
  request: { headers: idempotencyKeySchema, body: requiredBody(newListedTodoSchema, "What is to be done") },
  responses: {
    201: json(listedTodoSchema, "The new todo; Location says where it is"),
    ...refusals({ 409: IN_THE_WAY }),
  },
});

todoApi.openapi(newTodoRoute, async (c) => {
  const todo = await createTodo(c.var.db, c.req.valid("json"));
  c.header("Location", `/api/v1/todos/${todo.id}`);
  c.header("ETag", writeEtag(todo.version));
  return c.json(present(todo), 201);
});

const pageRoute = createRoute({
  method: "get",
  path: "/todos",
  tags,
  summary: "List live todos, the newest first",
  request: { query: listedTodosQuerySchema },
  responses: { 200: json(listedTodoPageSchema, "One page of them"), ...refusals({ 400: "The cursor is none" }) },
});

todoApi.openapi(pageRoute, async (c) => {
  const { limit = 20, cursor, completed, ...query } = c.req.valid("query");
  const isCompleted = completed === undefined ? undefined : completed === "true";
  const options = { from: "live", limit, after: readCursor(cursor), completed: isCompleted, ...query } as const;
  return c.json(presentPage(await pageTodos(c.var.db, options)), 200);
});

const getRoute = createRoute({
  method: "get",
  path: "/todos/{id}",
  tags,
  summary: "Read a live todo",
  request: { params: idSchema },
  responses: { 200: json(listedTodoSchema, "The todo, with its ETag"), ...refusals({ 404: NOT_FOUND }) },
});

todoApi.openapi(getRoute, async (c) => {
  const { id } = c.req.valid("param");
  const todo = demand(await getTodo(c.var.db, id), id);
  c.header("ETag", writeEtag(todo.version));
  return c.json(present(todo), 200);
});

const updateRoute = createRoute({
  method: "patch",
  path: "/todos/{id}",
  tags,
  summary: "Change the fields that are sent, and no others",
  middleware: demandIfMatch,
  request: { params: idSchema, headers: ifMatchSchema, body: requiredBody(listedTodoChangesSchema, "What changes") },
  responses: {
    200: json(listedTodoSchema, "The changed todo, with its new ETag"),
    ...refusals({ 404: NOT_FOUND, 409: IN_THE_WAY, 412: STALE, 428: "If-Match is missing" }),
  },
});

todoApi.openapi(updateRoute, async (c) => {
  const { id } = c.req.valid("param");
  const isExpected = readIfMatch(c.req.valid("header")["if-match"]);
  const todo = demand(await updateTodo(c.var.db, id, c.req.valid("json"), isExpected), id);
  c.header("ETag", writeEtag(todo.version));
  return c.json(present(todo), 200);
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/todos/{id}",
  tags,
  summary: "Move a todo to the trash",
  description: "A second time there is no live todo any more: 404, and the time of the first deletion stays.",
  request: { params: idSchema, headers: optionalIfMatchSchema },
  responses: {
    200: json(listedTodoSchema, "The todo, as it is in the trash now"),
    ...refusals({ 404: NOT_FOUND, 412: STALE, 409: "It was changed again and again at the same time" }),
  },
});

todoApi.openapi(deleteRoute, async (c) => {
  const { id } = c.req.valid("param");
  const isExpected = readIfMatch(c.req.valid("header")["if-match"]);
  return c.json(present(demand(await deleteTodo(c.var.db, id, isExpected), id)), 200);
});
