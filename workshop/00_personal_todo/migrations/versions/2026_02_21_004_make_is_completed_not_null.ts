/**
 * make is_completed not null
 *
 * Created 2026-02-21 10:00:00 +00:00
 *
 * The upgrade fills NULL with false; the downgrade does not bring it back.
 */
import type { Operations } from "limbeck";

export const revision = "2026_02_21_004";
export const downRevision = "2026_02_21_003";
export const branchLabels: string[] = [];
export const dependsOn: string[] = [];

export async function upgrade(op: Operations) {
  await op.execute("UPDATE todos SET is_completed = FALSE WHERE is_completed IS NULL");
  await op.alterColumn("todos", "is_completed", { nullable: false });
}

export async function downgrade(op: Operations) {
  await op.alterColumn("todos", "is_completed", { nullable: true });
}
