/**
 * let todos belong to lists
 *
 * Created 2026-11-28 01:55:01 UTC
 *
 * The downgrade destroys the values of todos.deletion_id and todos.list_id: todos are in no list any more, and those in the trash stay there, each for itself.
 */
import type { Operations } from "limbeck";
import { integer, uuid } from "limbeck/schema";

export const revision = "2026_11_28_002";
export const downRevision = "2026_11_28_001";
export const branchLabels: string[] = [];
export const dependsOn: string[] = [];

export async function upgrade(op: Operations) {
  await op.batchAlterTable("todos", (batch) => {
    batch.addColumn("list_id", integer());
    batch.addColumn("deletion_id", uuid());
    batch.createIndex("ix_todos_list_id_is_live", ["list_id", "is_live"]);
    batch.createForeignKey("fk_todos_list_id_lists", "lists", ["list_id"], ["id"]);
    batch.createForeignKey("fk_todos_list_id_is_live_lists", "lists", ["list_id", "is_live"], ["id", "is_live"]);
  });
}

export async function downgrade(op: Operations) {
  await op.batchAlterTable("todos", (batch) => {
    batch.dropConstraint("fk_todos_list_id_is_live_lists");
    batch.dropConstraint("fk_todos_list_id_lists");
    batch.dropIndex("ix_todos_list_id_is_live");
    batch.dropColumn("deletion_id");
    batch.dropColumn("list_id");
  });
}
