/** Whether the service works, and whether its database has the schema that the code needs. */
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";
import { readSchemaState } from "../core/schema-state.ts";
import { healthSchema, schemaStateSchema } from "../schemas.ts";
import { json } from "./answers.ts";
import type { ApiEnv } from "./api-env.ts";
import { Problem, problems } from "./problem.ts";

export const healthApi = new OpenAPIHono<ApiEnv>();

const tags = ["Service"];

/** Lets nothing through while the database is behind the code or away. One that is ahead is served: older code often works with it. */
export const demandSchema = createMiddleware(async (_, next) => {
  const { state, message, command } = await readSchemaState();
  if (state === "behind" || state === "unreachable") {
    throw new Problem(503, command === undefined ? message : `${message} Run: ${command}`, { command });
  }
  await next();
});

const healthRoute = createRoute({
  method: "get",
  path: "/health",
  tags,
  summary: "Whether the service can do its work",
  middleware: demandSchema,
  responses: {
    200: json(healthSchema, "It can; a warning says that the database is ahead of the code"),
    ...problems({ 503: "It cannot: the database is behind the code, or does not answer" }),
  },
});

healthApi.openapi(healthRoute, async (c) => {
  const { state, message } = await readSchemaState();
  return c.json(state === "current" ? { status: "ok" as const } : { status: "ok" as const, warning: message }, 200);
});

const schemaVersionRoute = createRoute({
  method: "get",
  path: "/schema-version",
  tags,
  summary: "Where the database stands, and what the code needs",
  responses: { 200: json(schemaStateSchema, "Both") },
});

healthApi.openapi(schemaVersionRoute, async (c) => c.json(await readSchemaState(), 200));
