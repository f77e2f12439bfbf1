/** Answers that are kept, so that a request which comes twice is answered twice and done once. */
import type { Database } from "../core/database.ts";
import type { KeptAnswer } from "../models.ts";

/** What a client's key stands for. */
export interface KeyedRequest {
  key: string;
  /** A digest of the request. */
  hash: string;
}

const DAY_IN_MILLISECONDS = 24 * 60 * 60 * 1000;

export async function findAnswer(db: Database, key: string): Promise<{ hash: string; answer: KeptAnswer } | undefined> {
  const query = db.selectFrom("idempotency_keys").select(["request_hash as hash", "answer"]);
  return query.where("idempotency_key", "=", key).executeTakeFirst();
}

/** The database refuses a key that has an answer already: see isUniqueViolation. */
export async function keepAnswer(db: Database, { key, hash }: KeyedRequest, answer: KeptAnswer): Promise<void> {
  const row = { idempotency_key: key, request_hash: hash, answer };
  await db.insertInto("idempotency_keys").values(row).execute();
}

/** Forgets answers that are a day old; says how many they were. */
export async function forgetAnswers(db: Database, now: Date): Promise<number> {
  const query = db.deleteFrom("idempotency_keys");
  const dayAgo = new Date(now.getTime() - DAY_IN_MILLISECONDS);
  const { numDeletedRows } = await query.where("created_at", "<=", dayAgo).executeTakeFirst();
  return Number(numDeletedRows);
}
