/** Idempotency-Key: https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ */
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { createHash } from "node:crypto";
import { Problem } from "../../../00_personal_todo/app/api/problem.ts";
import { isUniqueViolation } from "../../../00_personal_todo/app/core/database.ts";
import type { KeptAnswer } from "../models.ts";
import { findAnswer, keepAnswer, type KeyedRequest } from "../services/kept-answers.ts";
import { Conflict } from "../services/refusals.ts";
import type { ApiEnv } from "./api-env.ts";

async function readRequest({ req }: Context, key: string): Promise<KeyedRequest> {
  if (!/^[!-~]{1,255}$/.test(key)) {
    throw new Problem(400, "The header Idempotency-Key must be 1 to 255 letters, digits and signs of ASCII.");
  }
  const request = JSON.stringify([req.method, req.url, await req.text()]);
  return { key, hash: createHash("sha256").update(request).digest("hex") };
}

async function readAnswer({ res }: Context): Promise<KeptAnswer> {
  return { status: res.status, headers: Object.fromEntries(res.headers), body: await res.clone().text() };
}

/** @throws Problem where the key was for something else */
function repeat({ hash }: KeyedRequest, kept: { hash: string; answer: KeptAnswer }): Response {
  if (hash !== kept.hash) throw new Problem(422, "The Idempotency-Key was used for another request: take a new one.");
  const { status, headers, body } = kept.answer;
  return new Response(body, { status, headers });
}

/**
 * Does what a request with a key wants once, however often it comes, and answers each time as the first time. What is done and the answer are kept in one transaction.
 * An answer that something stood in the way is kept as well; requests that are not valid may be mended and sent again.
 */
export const answerOnce = createMiddleware<ApiEnv>(async (c, next) => {
  const key = c.req.method === "POST" ? c.req.header("Idempotency-Key") : undefined;
  if (key === undefined) return next();
  const { db } = c.var;
  const request = await readRequest(c, key);
  const known = await findAnswer(db, key);
  if (known !== undefined) return repeat(request, known);
  try {
    await db.transaction().execute(async (transaction) => {
      c.set("db", transaction);
      await next();
      if (c.error) throw c.error;
      // An address that leads nowhere throws nothing.
      if (c.res.ok) await keepAnswer(transaction, request, await readAnswer(c));
    });
    return;
  } catch (error) {
    // Nothing has happened then.
    if (error !== c.error && !isUniqueViolation(error)) throw error;
  }
  if (c.error instanceof Conflict) {
    await keepAnswer(db, request, await readAnswer(c)).catch((error: unknown) => {
      if (!isUniqueViolation(error)) throw error;
    });
  }
  // A request with the same key may have been faster.
  const first = await findAnswer(db, key);
  if (first === undefined) return;
  c.res = undefined;
  c.res = repeat(request, first);
});
