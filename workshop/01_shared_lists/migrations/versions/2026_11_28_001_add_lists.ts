/**
 * add lists
 *
 * Created 2026-11-28 01:55:00 UTC
 *
 * The downgrade destroys all rows of lists.
 */
import type { Operations } from "limbeck";
import {
  indexAmongLive,
  integer,
  smallint,
  softDelete,
  tableOptions,
  timestamp,
  unique,
  uuid,
  varchar,
} from "limbeck/schema";

export const revision = "2026_11_28_001";
export const downRevision = "2026_02_21_005";
export const branchLabels: string[] = [];
export const dependsOn: string[] = [];

export async function upgrade(op: Operations) {
  await op.createTable(
    "lists",
    {
      id: integer().primaryKey().autoIncrement(),
      title: varchar(255).notNull(),
      created_at: timestamp({ timezone: true }).notNull().defaultNow(),
      updated_at: timestamp({ timezone: true }),
      ...softDelete(),
      deletion_id: uuid(),
      is_live: smallint().generatedAs("CASE WHEN deleted_at IS NULL THEN 1 END", {
        storage: "stored",
      }),
    },
    [
      unique(["title", "is_live"]),
      unique(["id", "is_live"]),
      indexAmongLive(["created_at", "id"]),
      tableOptions({ mysql: { collation: "utf8mb4_bin" } }),
    ],
  );
}

export async function downgrade(op: Operations) {
  await op.dropTable("lists");
}
