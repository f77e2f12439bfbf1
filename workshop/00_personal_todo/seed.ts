/** Adds the todos of seed-data.json that are not there yet, neither live nor in the trash: `make db-seed`. */
import { z } from "@hono/zod-openapi";
import { readFileSync } from "node:fs";
import { settings } from "./app/core/config.ts";
import { openDatabase } from "./app/core/database.ts";
import { demandCurrentSchema } from "./app/core/schema-state.ts";
import { newTodoSchema } from "./app/schemas.ts";
import { createTodo } from "./app/services/todo-crud.ts";

await demandCurrentSchema();

const file = readFileSync(new URL("seed-data.json", import.meta.url), "utf8");
const todos = z.array(newTodoSchema).parse(JSON.parse(file));

const db = openDatabase(settings.databaseUrl);
try {
  const rows = await db.selectFrom("todos").select("title").execute();
  const present = new Set(rows.map(({ title }) => title));
  const missing = todos.filter(({ title }) => !present.has(title));
  for (const todo of missing) await createTodo(db, todo);
  console.log(`${missing.length} todos added, ${todos.length - missing.length} were there already.`);
} finally {
  await db.destroy();
}
