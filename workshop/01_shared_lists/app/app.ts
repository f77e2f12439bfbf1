import { OpenAPIHono } from "@hono/zod-openapi";
import { readFileSync } from "node:fs";
import { demandSchema, healthApi } from "../../00_personal_todo/app/api/health-api.ts";
import { limitBody } from "../../00_personal_todo/app/api/limit-body.ts";
import { answerNotFound } from "../../00_personal_todo/app/api/problem.ts";
import { answerError } from "./api/answer-error.ts";
import { answerOnce } from "./api/answer-once.ts";
import type { ApiEnv } from "./api/api-env.ts";
import { listApi } from "./api/list-api.ts";
import { todoApi } from "./api/todo-api.ts";
import { trashApi } from "./api/trash-api.ts";
import type { Database } from "./core/database.ts";

const DOCS = new URL("../../00_personal_todo/app/web/docs.html", import.meta.url);

/** The service, without a port: the API under /api/v1, and its description. */
export function createApp(db: Database): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>();
  app.onError(answerError);
  app.notFound(answerNotFound);

  app.use("/api/*", limitBody);
  app.use(async (c, next) => {
    c.set("db", db);
    await next();
  });
  for (const path of ["/api/v1/lists/*", "/api/v1/todos/*", "/api/v1/trash/*"]) app.use(path, demandSchema, answerOnce);

  for (const api of [listApi, todoApi, trashApi]) app.route("/api/v1", api);
  app.route("/api/v1", healthApi);

  app.doc31("/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Shared Lists",
      version: "1.0.0",
      description: "Lists of todos that can be deleted, and come back together. Errors are application/problem+json.",
      license: { name: "MIT" },
    },
    servers: [{ url: "/" }],
  });
  app.get("/docs", (c) => c.html(readFileSync(DOCS, "utf8")));
  app.get("/", (c) => c.redirect("/docs"));
  return app;
}
