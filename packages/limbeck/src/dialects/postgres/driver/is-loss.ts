import { LimbeckError } from "../../../kernel/errors/limbeck-error.ts";
import { findSqlState } from "../database-errors.ts";

/** The server says SQLSTATE, 57P01 when it ends a session; we say what we refuse; everything else comes from a session that is gone. */
export function isLoss(error: unknown): boolean {
  if (error instanceof LimbeckError) return error.reason === "connectionLost";
  const state = findSqlState(error);
  return state === undefined || state === "57P01";
}

/** Does something at the end of a session, which a lost one needs no more: what it was lost with is told already. */
export async function tidyUp(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!isLoss(error)) throw error;
  }
}
