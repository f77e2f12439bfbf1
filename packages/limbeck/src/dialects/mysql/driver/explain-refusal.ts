import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { LimbeckError } from "../../../kernel/errors/limbeck-error.ts";
import { describeDatabaseError, ERROR_NUMBERS, findErrorNumber } from "../database-errors.ts";
import { quoteIdentifier } from "../quote.ts";
import { readTarget, redactUrl, renderClientOptions } from "./parse-url.ts";

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
  "PROTOCOL_CONNECTION_LOST",
]);

const LOGIN_ERRORS: ReadonlySet<number | undefined> = new Set([
  ERROR_NUMBERS.accessDenied,
  ERROR_NUMBERS.accessDeniedWithoutPassword,
  ERROR_NUMBERS.hostNotAllowed,
  ERROR_NUMBERS.databaseForbidden,
]);

const findSystemCode = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

/** Where a name has several addresses, Node gives an error without words for all of them. */
function findWords(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [];
  return describeDatabaseError(first instanceof Error ? first : error);
}

/** The error for a connection that could not be opened; no password is in it. */
export function explainRefusal(url: string, error: unknown): Error {
  if (error instanceof LimbeckError) return error;
  const target = readTarget(url);
  const options = renderClientOptions(target);
  const context = { url: redactUrl(url), message: findWords(error), database: target.database };
  const number = findErrorNumber(error);
  const password = target.password === undefined ? "" : " -p";
  if (number === ERROR_NUMBERS.unknownDatabase) {
    const create = `mariadb${options}${password} -e 'CREATE DATABASE ${quoteIdentifier(target.database)}'`;
    return connectionErrors.databaseUnknown({ ...context, fix: [create] }, error);
  }
  // A password is asked for where one is needed, and shown nowhere.
  if (LOGIN_ERRORS.has(number))
    return connectionErrors.loginRefused({ ...context, fix: [`mariadb${options} -p ${target.database}`] }, error);
  if (number === undefined && UNREACHABLE.has(findSystemCode(error)))
    return connectionErrors.serverUnreachable({ ...context, fix: [`mariadb-admin${options} ping`] }, error);
  return connectionErrors.cannotConnect(
    { ...context, fix: [`mariadb${options}${password} ${target.database}`] },
    error,
  );
}
