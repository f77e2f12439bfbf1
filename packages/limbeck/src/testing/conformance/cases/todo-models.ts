import { boolean, integer, table, text, varchar } from "../../../schema.ts";
import type { ModelDefinition } from "../../../schema/builder/table-definition.ts";

/** Lists that todos belong to. */
export const lists: ModelDefinition = table("lists", { id: integer().primaryKey(), name: text().notNull().unique() });

/** Todos with a bit of everything: a reference, a check, a default. */
export const todos: ModelDefinition = table("todos", {
  id: integer().primaryKey(),
  list_id: integer().references("lists", "id", { onDelete: "cascade" }),
  title: varchar(80).notNull().check("title <> ''"),
  done: boolean().notNull().default(false),
});

/** Rows without one of their columns. */
export function without<Row extends object, Column extends keyof Row>(
  rows: readonly Row[],
  column: Column,
): readonly Omit<Row, Column>[] {
  return rows.map(
    // What is left over has every key but one, which Object.fromEntries cannot say.
    (row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== column)) as Omit<Row, Column>,
  );
}

/** Rows of both. */
export const ROWS = {
  lists: [{ id: 1, name: "home" }],
  todos: [
    { id: 1, list_id: 1, title: "milk", done: true },
    { id: 2, list_id: null, title: "it's 'eggs'", done: false },
  ],
} as const;
