/**
 * keep titles of live todos unique
 *
 * Created 2026-02-21 10:20:00 +00:00
 *
 * Of several live todos with one title, the upgrade leaves the oldest and moves the others to the trash.
 */
import type { Operations } from "limbeck";
import { smallint } from "limbeck/schema";

export const revision = "2026_02_21_005";
export const downRevision = "2026_02_21_004";
export const branchLabels: string[] = [];
export const dependsOn: string[] = [];

export async function upgrade(op: Operations) {
  // First, because it decides which titles are equal. Only MariaDB and MySQL know this option; the others pass it over.
  await op.setTableOptions("todos", { mysql: { collation: "utf8mb4_bin" } });

  // The constraint would stop at them. SQLite keeps times as text, which has to look like the others.
  const now = op.dialect === "sqlite" ? "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')" : "CURRENT_TIMESTAMP";
  // The inner query has a name because MySQL reads no table that it is about to change.
  await op.execute(
    `UPDATE todos SET deleted_at = ${now} WHERE deleted_at IS NULL AND id NOT IN
       (SELECT id FROM (SELECT MIN(id) AS id FROM todos WHERE deleted_at IS NULL GROUP BY title) AS oldest)`,
  );

  await op.batchAlterTable("todos", (batch) => {
    batch.addColumn(
      "is_live",
      smallint().generatedAs("CASE WHEN deleted_at IS NULL THEN 1 END", { storage: "stored" }),
    );
    batch.createUniqueConstraint("uq_todos_title_is_live", ["title", "is_live"]);
  });
}

export async function downgrade(op: Operations) {
  await op.batchAlterTable("todos", (batch) => {
    batch.dropConstraint("uq_todos_title_is_live");
    batch.dropColumn("is_live");
  });
  await op.setTableOptions("todos", null);
}
