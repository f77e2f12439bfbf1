import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { reachErrors } from "../../../kernel/errors/reach-errors.ts";
import { quoteWord } from "../../../kernel/quote-word.ts";
import { LimbeckError } from "../../../kernel/errors/limbeck-error.ts";
import { describeDatabaseError, findSqlState, SQL_STATES } from "../database-errors.ts";
import { redactUrl } from "./database-url.ts";
import { TlsFailure } from "./open-socket.ts";
import { renderClientOptions } from "./parse-url.ts";
import type { ServerSettings } from "./settings/server-settings.ts";

/** What Node says where nobody answers. https://nodejs.org/api/errors.html#common-system-errors */
const UNREACHABLE: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
]);

const findSystemCode = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

/** Where a name has several addresses, Node gives an error without words for all of them. */
function findWords(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [];
  return describeDatabaseError(first instanceof Error ? first : error);
}

/** Passwords that are missing, or unreadable, `pg` finds without the server. */
const isAboutPassword = (message: string): boolean => /\bpassword\b/i.test(message) && message.startsWith("SASL");

/** The error for a connection that could not be opened; no password is in it. */
export function explainRefusal(url: string, settings: ServerSettings, error: unknown): Error {
  if (error instanceof LimbeckError) return error;
  const { database } = settings;
  const message = findWords(error);
  if (error instanceof TlsFailure) return reachErrors.tlsRefused({ url: redactUrl(url), message }, error);
  const options = renderClientOptions(url);
  const client = `psql${options} ${quoteWord(database)}`.trimEnd();
  const context = { url: redactUrl(url), message, database, fix: [client] };
  if (UNREACHABLE.has(findSystemCode(error)) || /^timeout expired/i.test(message))
    return connectionErrors.serverUnreachable({ ...context, fix: [`pg_isready${options}`] }, error);
  const state = findSqlState(error);
  if (state === SQL_STATES.unknownDatabase) {
    return connectionErrors.databaseUnknown({ ...context, fix: [`createdb${options} ${quoteWord(database)}`] }, error);
  }
  const isLogin = state === SQL_STATES.invalidPassword || state === SQL_STATES.invalidAuthorization;
  if (isLogin || isAboutPassword(message)) return connectionErrors.loginRefused(context, error);
  return connectionErrors.cannotConnect(context, error);
}

/**
 * The error for a session of somebody else's object that could not be had.
 *
 * @param url for people
 */
export function explainOwn(url: string, error: unknown): Error {
  if (error instanceof LimbeckError) return error;
  if (findSqlState(error) === SQL_STATES.failedTransaction)
    return connectionErrors.connectionInTransaction({ description: url });
  return connectionErrors.cannotConnect(
    { url, message: findWords(error), database: "", fix: ["limbeck explain LB0624"] },
    error,
  );
}
