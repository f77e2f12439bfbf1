/**
 * add updated_at to todos
 *
 * Created 2026-02-21 09:20:00 +00:00
 *
 * The downgrade destroys the values of todos.updated_at.
 */
import type { Operations } from "limbeck";
import { timestamp } from "limbeck/schema";

export const revision = "2026_02_21_002";
export const downRevision = "2026_02_21_001";
export const branchLabels: string[] = [];
export const dependsOn: string[] = [];

export async function upgrade(op: Operations) {
  await op.addColumn("todos", "updated_at", timestamp({ timezone: true }));
}

export async function downgrade(op: Operations) {
  await op.dropColumn("todos", "updated_at");
}
