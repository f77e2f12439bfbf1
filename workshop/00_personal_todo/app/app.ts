import { OpenAPIHono } from "@hono/zod-openapi";
import { readFileSync } from "node:fs";
import type { ApiEnv } from "./api/api-env.ts";
import { demandSchema, healthApi } from "./api/health-api.ts";
import { limitBody } from "./api/limit-body.ts";
import { answerError, answerNotFound } from "./api/problem.ts";
import { todoApi } from "./api/todo-api.ts";
import { trashApi } from "./api/trash-api.ts";
import type { Database } from "./core/database.ts";

const readPage = (name: string): string => readFileSync(new URL(`web/${name}`, import.meta.url), "utf8");

/** The service, without a port: the API under /api/v1, its description, and a page to use it by hand. */
export function createApp(db: Database): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>();
  app.onError(answerError);
  app.notFound(answerNotFound);

  app.use("/api/*", limitBody);
  app.use(async (c, next) => {
    c.set("db", db);
    await next();
  });
  for (const path of ["/api/v1/todos/*", "/api/v1/trash/*"]) app.use(path, demandSchema);

  for (const api of [todoApi, trashApi, healthApi]) app.route("/api/v1", api);

  app.doc31("/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Personal Todo",
      version: "1.0.0",
      description: "Todos that can be deleted, and come back. Errors are application/problem+json.",
      license: { name: "MIT" },
    },
    servers: [{ url: "/" }],
  });
  app.get("/docs", (c) => c.html(readPage("docs.html")));
  app.get("/", (c) => c.html(readPage("index.html")));
  return app;
}
