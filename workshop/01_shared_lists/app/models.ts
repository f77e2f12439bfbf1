import {
  char,
  foreignKey,
  index,
  indexAmongLive,
  integer,
  json,
  smallint,
  softDelete,
  table,
  tableOptions,
  timestamp,
  unique,
  uuid,
  varchar,
} from "limbeck/schema";
import { todos as personalTodos } from "../../00_personal_todo/app/models.ts";

/** Todos that belong together. A list that is deleted takes its live todos along. */
export const lists = table(
  "lists",
  {
    id: integer().primaryKey().autoIncrement(),
    title: varchar(255).notNull(),
    version: integer().notNull().default(1),
    created_at: timestamp({ timezone: true }).notNull().defaultNow(),
    updated_at: timestamp({ timezone: true }),
    ...softDelete(),
    deletion_id: uuid(),
    is_live: smallint().generatedAs("CASE WHEN deleted_at IS NULL THEN 1 END", { storage: "stored" }),
  },
  [
    // uniqueAmongLive(["title"]) would say the same, but where it needs is_live it makes it, and the guard needs it everywhere.
    unique(["title", "is_live"]),
    // What live todos point to: see the guard below.
    unique(["id", "is_live"]),
    indexAmongLive(["created_at", "id"]),
    tableOptions({ mysql: { collation: "utf8mb4_bin" } }),
  ],
);

/** The todos of the first workshop, which may be in a list now. */
export const todos = table(
  "todos",
  {
    ...personalTodos.columns,
    list_id: integer().references("lists", "id"),
    // What was deleted together has the same one, and comes back together.
    deletion_id: uuid(),
    // Counts the changes, so that nobody overwrites one without having seen it.
    version: integer().notNull().default(1),
  },
  [
    ...personalTodos.items,
    // The guard: a live todo has 1 here, and so needs a list that has 1 as well. With NULL, in the trash, the key asks for nothing.
    foreignKey(["list_id", "is_live"], { table: "lists", columns: ["id", "is_live"] }),
    index(["list_id", "is_live"]),
    index(["created_at", "id"]),
  ],
);

/** Answers to requests that may come twice, by the key that their client gave them. */
export const idempotencyKeys = table(
  "idempotency_keys",
  {
    idempotency_key: varchar(255).primaryKey(),
    // A key stands for one request, and not for another that happens to have it.
    request_hash: char(64).notNull(),
    answer: json<KeptAnswer>().notNull(),
    created_at: timestamp({ timezone: true }).notNull().defaultNow(),
  },
  [index(["created_at"]), tableOptions({ mysql: { collation: "utf8mb4_bin" } })],
);

/** What was answered, to be answered again. */
export interface KeptAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}
