/**
 * initial
 *
 * Created 2026-02-21 09:00:00 +00:00
 *
 * The downgrade destroys all rows of todos.
 */
import type { Operations } from "limbeck";
import { boolean, integer, text, timestamp, varchar } from "limbeck/schema";

export const revision = "2026_02_21_001";
export const downRevision = null;
export const branchLabels: string[] = [];
export const dependsOn: string[] = [];

export async function upgrade(op: Operations) {
  await op.createTable("todos", {
    id: integer().primaryKey().autoIncrement(),
    title: varchar(255).notNull(),
    description: text(),
    is_completed: boolean().default(false),
    created_at: timestamp({ timezone: true }).notNull().defaultNow(),
  });
}

export async function downgrade(op: Operations) {
  await op.dropTable("todos");
}
