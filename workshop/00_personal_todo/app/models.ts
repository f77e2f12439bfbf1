import { boolean, integer, smallint, table, tableOptions, text, timestamp, unique, varchar } from "limbeck/schema";

/** A thing to do. Deleting it sets `deleted_at`: from then on it is in the trash, and not live. */
export const todos = table(
  "todos",
  {
    id: integer().primaryKey().autoIncrement(),
    title: varchar(255).notNull(),
    description: text(),
    is_completed: boolean().notNull().default(false),
    created_at: timestamp({ timezone: true }).notNull().defaultNow(),
    updated_at: timestamp({ timezone: true }),
    deleted_at: timestamp({ timezone: true }),
    // 1 while the todo is live, NULL in the trash. The database keeps it: nobody can write it.
    is_live: smallint().generatedAs("CASE WHEN deleted_at IS NULL THEN 1 END", { storage: "stored" }),
  },
  [
    // NULL is equal to nothing, so any number of todos in the trash may have the same title, and one live todo.
    unique(["title", "is_live"]),
    // MariaDB would take "Milk" and "milk" for the same title; the other databases do not.
    tableOptions({ mysql: { collation: "utf8mb4_bin" } }),
  ],
);
