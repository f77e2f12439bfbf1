/**
 * remember answers
 *
 * Created 2026-11-28 01:55:02 UTC
 *
 * The downgrade destroys all rows of idempotency_keys.
 */
import type { Operations } from "limbeck";
import { char, index, json, tableOptions, timestamp, varchar } from "limbeck/schema";

export const revision = "2026_11_28_004";
export const downRevision = "2026_11_28_003";
export const branchLabels: string[] = [];
export const dependsOn: string[] = [];

export async function upgrade(op: Operations) {
  await op.createTable(
    "idempotency_keys",
    {
      idempotency_key: varchar(255).primaryKey(),
      request_hash: char(64).notNull(),
      answer: json().notNull(),
      created_at: timestamp({ timezone: true }).notNull().defaultNow(),
    },
    [index(["created_at"]), tableOptions({ mysql: { collation: "utf8mb4_bin" } })],
  );
}

export async function downgrade(op: Operations) {
  await op.dropTable("idempotency_keys");
}
