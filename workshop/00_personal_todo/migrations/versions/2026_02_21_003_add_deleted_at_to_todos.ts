/**
 * add deleted_at to todos
 *
 * Created 2026-02-21 09:40:00 +00:00
 *
 * The downgrade deletes the todos in the trash, and destroys the values of todos.deleted_at.
 */
import type { Operations } from "limbeck";
import { timestamp } from "limbeck/schema";

export const revision = "2026_02_21_003";
export const downRevision = "2026_02_21_002";
export const branchLabels: string[] = [];
export const dependsOn: string[] = [];

export async function upgrade(op: Operations) {
  await op.addColumn("todos", "deleted_at", timestamp({ timezone: true }));
}

export async function downgrade(op: Operations) {
  // Without deleted_at nothing would tell them from the others: all that was ever deleted would be back.
  await op.execute("DELETE FROM todos WHERE deleted_at IS NOT NULL");
  await op.dropColumn("todos", "deleted_at");
}
