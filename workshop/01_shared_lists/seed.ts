/** Adds the lists of seed-data.json that are not there yet, neither live nor in the trash, each with those of its todos that are not: `make db-seed`. */
import { z } from "@hono/zod-openapi";
import { readFileSync } from "node:fs";
import { settings } from "../00_personal_todo/app/core/config.ts";
import { demandCurrentSchema } from "../00_personal_todo/app/core/schema-state.ts";
import { openDatabase } from "./app/core/database.ts";
import { listTitleSchema } from "./app/schemas.ts";
import { createList } from "./app/services/list-crud.ts";
import type { Kind } from "./app/services/rows.ts";
import { createTodo } from "./app/services/todo-crud.ts";

await demandCurrentSchema();

const { title } = listTitleSchema.shape;
const file = readFileSync(new URL("seed-data.json", import.meta.url), "utf8");
const lists = z.array(z.strictObject({ title, todos: z.array(title) })).parse(JSON.parse(file));

const db = openDatabase(settings.databaseUrl);
try {
  const readTitles = async (kind: Kind) => {
    const rows = await db.selectFrom(kind).select("title").execute();
    return new Set(rows.map((row) => row.title));
  };
  const [presentLists, presentTodos] = [await readTitles("lists"), await readTitles("todos")];
  const missing = lists.filter((list) => !presentLists.has(list.title));
  for (const list of missing) {
    // A list without its todos would count as there the next time.
    await db.transaction().execute(async (transaction) => {
      const { id } = await createList(transaction, list);
      for (const todo of list.todos.filter((one) => !presentTodos.has(one))) {
        await createTodo(transaction, { title: todo, list_id: id });
      }
    });
  }
  console.log(`${missing.length} lists added, ${lists.length - missing.length} were there already.`);
} finally {
  await db.destroy();
}
