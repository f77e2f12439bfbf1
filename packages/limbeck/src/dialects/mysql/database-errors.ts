/** What the driver adds to an error of the server. https://sidorares.github.io/node-mysql2/docs/api-and-configurations */
interface DatabaseErrorFields {
  readonly errno?: unknown;
  readonly code?: unknown;
  readonly sqlState?: unknown;
  readonly sqlMessage?: unknown;
}

/** Numbers of errors that mean something to us. https://mariadb.com/kb/en/mariadb-error-code-reference/ */
export const ERROR_NUMBERS = {
  /** Of a transaction that has read an older state. */
  rowChanged: 1020,
  databaseForbidden: 1044,
  accessDenied: 1045,
  unknownDatabase: 1049,
  duplicateKey: 1062,
  hostNotAllowed: 1130,
  tableForbidden: 1142,
  noSuchTable: 1146,
  unknownVariable: 1193,
  lockWaitTimeout: 1205,
  deadlock: 1213,
  specificAccessDenied: 1227,
  /** The whole server is there to be read only. */
  readOnly: 1290,
  accessDeniedWithoutPassword: 1698,
  statementTimeout: 1969,
  /** The same in MySQL. */
  queryTimeout: 3024,
} as const;

/** Of values that have no place where they are to go. https://mariadb.com/kb/en/mariadb-error-code-reference/ */
const OF_VALUES: ReadonlySet<number> = new Set([
  // NULL where none may be.
  1048,
  1138,
  1263,
  // The same value twice.
  ERROR_NUMBERS.duplicateKey,
  1586,
  // Out of range, too long, and what cannot be read as another type.
  1264,
  1265,
  1292,
  1366,
  1406,
  // Foreign keys.
  1451,
  1452,
  // Checks, of MySQL too.
  4025,
  3819,
]);

function readFields(error: unknown): DatabaseErrorFields {
  // Only these fields are looked at, and their types are checked.
  return error instanceof Error ? (error as DatabaseErrorFields) : {};
}

/** SQLSTATE of errors that a driver makes itself, of a connection that is lost for example. */
const OF_DRIVERS = /^08/;

/** The number that the server gave an error; undefined for errors that are not the server's: those of the system have numbers below zero. */
export function findErrorNumber(error: unknown): number | undefined {
  const { errno, sqlState } = readFields(error);
  const isOfServer = typeof errno === "number" && errno > 0 && typeof sqlState === "string";
  return isOfServer && !OF_DRIVERS.test(sqlState) ? errno : undefined;
}

/** Whether values stand against a statement, and not its words. */
export function blamesRows(error: unknown): boolean {
  const number = findErrorNumber(error);
  return number !== undefined && OF_VALUES.has(number);
}

/**
 * The server's own words of what went wrong, in one line, with the number of the error.
 *
 * @example
 * describeDatabaseError(error); // Unknown column 'a' in 'field list' (error 1054, SQLSTATE 42S22)
 */
export function describeDatabaseError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { sqlState, sqlMessage } = readFields(error);
  const message = (typeof sqlMessage === "string" ? sqlMessage : error.message).replaceAll(/\s+/g, " ").trim();
  const number = findErrorNumber(error);
  return number === undefined ? message : `${message} (error ${number}, SQLSTATE ${String(sqlState)})`;
}
