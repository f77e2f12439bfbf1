import { LimbeckError } from "../../../kernel/errors/limbeck-error.ts";
import { findErrorNumber } from "../database-errors.ts";

/** The server shuts down, or somebody has ended the session. https://mariadb.com/kb/en/mariadb-error-code-reference/ */
const ENDED_BY_SERVER: ReadonlySet<number> = new Set([1053, 1927]);

/** The server gives its errors a number; we say what we refuse; everything else comes from a connection that is gone. */
export function isLoss(error: unknown): boolean {
  if (error instanceof LimbeckError) return error.reason === "connectionLost";
  const number = findErrorNumber(error);
  return number === undefined || ENDED_BY_SERVER.has(number);
}

/** What Node and the packages `mysql2` and `mariadb` say of a connection that ended. */
const CODES_OF_LOSS: ReadonlySet<unknown> = new Set([
  "ECONNRESET",
  "EPIPE",
  "PROTOCOL_CONNECTION_LOST",
  "ER_SOCKET_UNEXPECTED_CLOSE",
  "ER_CMD_CONNECTION_CLOSED",
]);

/** Whether an error, of which nothing is known, tells for certain that the session is gone. */
export function tellsLoss(error: unknown): boolean {
  const number = findErrorNumber(error);
  if (number !== undefined) return ENDED_BY_SERVER.has(number);
  return error instanceof Error && "code" in error && CODES_OF_LOSS.has(error.code);
}
