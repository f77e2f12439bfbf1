/**
 * count versions
 *
 * Created 2026-11-28 01:55:02 UTC
 *
 * The downgrade destroys the values of todos.version and lists.version; whoever has read one before it has to read again.
 */
import type { Operations } from "limbeck";
import { integer } from "limbeck/schema";

export const revision = "2026_11_28_003";
export const downRevision = "2026_11_28_002";
export const branchLabels: string[] = [];
export const dependsOn: string[] = [];

export async function upgrade(op: Operations) {
  await op.addColumn("lists", "version", integer().notNull().default(1));
  await op.batchAlterTable("todos", (batch) => {
    batch.addColumn("version", integer().notNull().default(1));
    batch.createIndex("ix_todos_created_at_id", ["created_at", "id"]);
  });
}

export async function downgrade(op: Operations) {
  await op.batchAlterTable("todos", (batch) => {
    batch.dropIndex("ix_todos_created_at_id");
    batch.dropColumn("version");
  });
  await op.dropColumn("lists", "version");
}
