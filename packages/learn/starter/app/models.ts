import { boolean, integer, table, text, timestamp, varchar } from "limbeck/schema";

/** A thing to do. */
export const todos = table("todos", {
  id: integer().primaryKey().autoIncrement(),
  title: varchar(255).notNull(),
  description: text(),
  is_completed: boolean().notNull().default(false),
  created_at: timestamp({ timezone: true }).notNull().defaultNow(),
  updated_at: timestamp({ timezone: true }),
});
