/** Live todos. What happens to them once they are deleted stands in trash-api.ts. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { idSchema, listQuerySchema, newTodoSchema, pageSchema, todoChangesSchema, todoSchema } from "../schemas.ts";
import { createTodo, deleteTodo, getTodo, listTodos, updateTodo, type Todo } from "../services/todo-crud.ts";
import { json, present, presentPage } from "./answers.ts";
import type { ApiEnv } from "./api-env.ts";
import { Problem, problems, refuseInvalid } from "./problem.ts";

export const todoApi = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

const tags = ["Todos"];
const INVALID = "The request is not valid";
const NOT_FOUND = "No live todo has this id";
const TITLE_TAKEN = "Another live todo has this title";

const notFound = (id: number): Problem => new Problem(404, `There is no live todo with the id ${id}.`);

function demand(todo: Todo | undefined, id: number): Todo {
  if (todo === undefined) throw notFound(id);
  return todo;
}

const newTodoRoute = createRoute({
  method: "post",
  path: "/todos",
  tags,
  summary: "Create a todo",
  request: { body: { ...json(newTodoSchema, "What is to be done"), required: true } },
  responses: {
    201: json(todoSchema, "The new todo; Location says where it is"),
    ...problems({ 409: TITLE_TAKEN, 422: INVALID }),
  },
});

todoApi.openapi(newTodoRoute, async (c) => {
  const todo = await createTodo(c.var.db, c.req.valid("json"));
  c.header("Location", `/api/v1/todos/${todo.id}`);
  return c.json(present(todo), 201);
});

const listRoute = createRoute({
  method: "get",
  path: "/todos",
  tags,
  summary: "List live todos, the newest first",
  request: { query: listQuerySchema },
  responses: { 200: json(pageSchema, "One page of them"), ...problems({ 422: INVALID }) },
});

todoApi.openapi(listRoute, async (c) => {
  const { limit = 20, completed, ...query } = c.req.valid("query");
  const isCompleted = completed === undefined ? undefined : completed === "true";
  const page = await listTodos(c.var.db, { from: "live", limit, completed: isCompleted, ...query });
  return c.json(presentPage(page), 200);
});

const getRoute = createRoute({
  method: "get",
  path: "/todos/{id}",
  tags,
  summary: "Read a live todo",
  request: { params: idSchema },
  responses: { 200: json(todoSchema, "The todo"), ...problems({ 404: NOT_FOUND, 422: INVALID }) },
});

todoApi.openapi(getRoute, async (c) => {
  const { id } = c.req.valid("param");
  return c.json(present(demand(await getTodo(c.var.db, id), id)), 200);
});

const updateRoute = createRoute({
  method: "patch",
  path: "/todos/{id}",
  tags,
  summary: "Change the fields that are sent, and no others",
  request: { params: idSchema, body: { ...json(todoChangesSchema, "What changes"), required: true } },
  responses: {
    200: json(todoSchema, "The changed todo"),
    ...problems({ 404: NOT_FOUND, 409: TITLE_TAKEN, 422: INVALID }),
  },
});

todoApi.openapi(updateRoute, async (c) => {
  const { id } = c.req.valid("param");
  return c.json(present(demand(await updateTodo(c.var.db, id, c.req.valid("json")), id)), 200);
});

const completeRoute = createRoute({
  method: "post",
  path: "/todos/{id}/complete",
  tags,
  summary: "Complete a todo",
  request: { params: idSchema },
  responses: { 200: json(todoSchema, "The completed todo"), ...problems({ 404: NOT_FOUND, 422: INVALID }) },
});

todoApi.openapi(completeRoute, async (c) => {
  const { id } = c.req.valid("param");
  return c.json(present(demand(await updateTodo(c.var.db, id, { is_completed: true }), id)), 200);
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/todos/{id}",
  tags,
  summary: "Move a todo to the trash",
  description: "A second time there is no live todo any more: 404, and the time of the first deletion stays.",
  request: { params: idSchema },
  responses: { 204: { description: "It is in the trash" }, ...problems({ 404: NOT_FOUND, 422: INVALID }) },
});

todoApi.openapi(deleteRoute, async (c) => {
  const { id } = c.req.valid("param");
  if (!(await deleteTodo(c.var.db, id))) throw notFound(id);
  return c.body(null, 204);
});
