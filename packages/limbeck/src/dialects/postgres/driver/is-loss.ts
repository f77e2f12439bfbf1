import { LimbeckError } from "../../../kernel/errors/limbeck-error.ts";
import { findSqlState } from "../database-errors.ts";

/** The server says this when it ends a session: an operator wanted it, or it goes down itself. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const ENDED_BY_SERVER: ReadonlySet<string> = new Set(["57P01", "57P02"]);

/** The server says SQLSTATE when it ends a session; we say what we refuse; everything else comes from a session that is gone. */
export function isLoss(error: unknown): boolean {
  if (error instanceof LimbeckError) return error.reason === "connectionLost";
  const state = findSqlState(error);
  return state === undefined || ENDED_BY_SERVER.has(state);
}

/** What Node and the package `postgres` say of a connection that ended, and `pg` has no code for. */
const CODES_OF_LOSS: ReadonlySet<unknown> = new Set([
  "ECONNRESET",
  "EPIPE",
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
]);
const WORDS_OF_LOSS = /^(Connection terminated|Client has encountered a connection error)/;

/** Whether an error, of which nothing is known, tells for certain that the session is gone. */
export function tellsLoss(error: unknown): boolean {
  const state = findSqlState(error);
  if (state !== undefined) return ENDED_BY_SERVER.has(state);
  if (!(error instanceof Error)) return false;
  return WORDS_OF_LOSS.test(error.message) || ("code" in error && CODES_OF_LOSS.has(error.code));
}

/** Does something at the end of a session, which a lost one needs no more: what it was lost with is told already. */
export async function tidyUp(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!isLoss(error)) throw error;
  }
}
