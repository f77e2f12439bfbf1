/** Live lists. What happens to them once they are deleted stands in trash-api.ts. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { json } from "../../../00_personal_todo/app/api/answers.ts";
import { Problem, refuseInvalid } from "../../../00_personal_todo/app/api/problem.ts";
import { idSchema } from "../../../00_personal_todo/app/schemas.ts";
import {
  deletedListSchema,
  idempotencyKeySchema,
  ifMatchSchema,
  listPageSchema,
  listSchema,
  listTitleSchema,
  optionalIfMatchSchema,
  pageQuerySchema,
} from "../schemas.ts";
import { createList, deleteList, getList, pageLists, updateList } from "../services/list-crud.ts";
import { present, presentPage, readCursor, refusals, requiredBody } from "./answers.ts";
import type { ApiEnv } from "./api-env.ts";
import { demandIfMatch, readIfMatch, writeEtag } from "./preconditions.ts";

export const listApi = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });

const tags = ["Lists"];
const NOT_FOUND = "No live list has this id";
const TITLE_TAKEN = "Another live list has this title";
const STALE = "The list has changed since its ETag was read";

function demand<Row>(row: Row | undefined, id: number): Row {
  if (row === undefined) throw new Problem(404, `There is no live list with the id ${id}.`);
  return row;
}

const newListRoute = createRoute({
  method: "post",
  path: "/lists",
  tags,
  summary: "Create a list",
  request: { headers: idempotencyKeySchema, body: requiredBody(listTitleSchema, "What the list is called") },
  responses: {
    201: json(listSchema, "The new list; Location says where it is"),
    ...refusals({ 409: TITLE_TAKEN }),
  },
});

listApi.openapi(newListRoute, async (c) => {
  const list = await createList(c.var.db, c.req.valid("json"));
  c.header("Location", `/api/v1/lists/${list.id}`);
  c.header("ETag", writeEtag(list.version));
  return c.json(present(list), 201);
});

const pageRoute = createRoute({
  method: "get",
  path: "/lists",
  tags,
  summary: "List live lists, the newest first",
  request: { query: pageQuerySchema },
  responses: { 200: json(listPageSchema, "One page of them"), ...refusals({ 400: "The cursor is none" }) },
});

listApi.openapi(pageRoute, async (c) => {
  const { limit = 20, cursor, search } = c.req.valid("query");
  const page = await pageLists(c.var.db, { from: "live", limit, after: readCursor(cursor), search });
  return c.json(presentPage(page), 200);
});

const getRoute = createRoute({
  method: "get",
  path: "/lists/{id}",
  tags,
  summary: "Read a live list",
  description: "Its todos are at /todos?list_id=ID.",
  request: { params: idSchema },
  responses: { 200: json(listSchema, "The list, with its ETag"), ...refusals({ 404: NOT_FOUND }) },
});

listApi.openapi(getRoute, async (c) => {
  const { id } = c.req.valid("param");
  const list = demand(await getList(c.var.db, id), id);
  c.header("ETag", writeEtag(list.version));
  return c.json(present(list), 200);
});

const updateRoute = createRoute({
  method: "patch",
  path: "/lists/{id}",
  tags,
  summary: "Change a list",
  middleware: demandIfMatch,
  request: { params: idSchema, headers: ifMatchSchema, body: requiredBody(listTitleSchema, "What changes") },
  responses: {
    200: json(listSchema, "The changed list, with its new ETag"),
    ...refusals({ 404: NOT_FOUND, 409: TITLE_TAKEN, 412: STALE, 428: "If-Match is missing" }),
  },
});

listApi.openapi(updateRoute, async (c) => {
  const { id } = c.req.valid("param");
  const isExpected = readIfMatch(c.req.valid("header")["if-match"]);
  const list = demand(await updateList(c.var.db, id, c.req.valid("json"), isExpected), id);
  c.header("ETag", writeEtag(list.version));
  return c.json(present(list), 200);
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/lists/{id}",
  tags,
  summary: "Move a list to the trash, and its live todos with it",
  description: "A second time there is no live list any more: 404, and the time of the first deletion stays.",
  request: { params: idSchema, headers: optionalIfMatchSchema },
  responses: {
    200: json(deletedListSchema, "The list, as it is in the trash now"),
    ...refusals({ 404: NOT_FOUND, 412: STALE, 409: "A todo was put into it at the same time" }),
  },
});

listApi.openapi(deleteRoute, async (c) => {
  const { id } = c.req.valid("param");
  const isExpected = readIfMatch(c.req.valid("header")["if-match"]);
  const { list, todos } = demand(await deleteList(c.var.db, id, isExpected), id);
  return c.json({ ...present(list), deleted_todos: todos }, 200);
});
