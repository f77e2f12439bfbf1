/** What `pg` and PGlite add to an error. https://www.postgresql.org/docs/current/protocol-error-fields.html */
interface DatabaseErrorFields {
  readonly code?: unknown;
  readonly detail?: unknown;
  readonly hint?: unknown;
  readonly where?: unknown;
}

/** SQLSTATE codes that mean something to us. https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const SQL_STATES = {
  invalidPassword: "28P01",
  invalidAuthorization: "28000",
  unknownDatabase: "3D000",
  syntaxError: "42601",
  insufficientPrivilege: "42501",
  /** A standby, for example. */
  readOnly: "25006",
  /** Of what cannot run inside a transaction. */
  activeTransaction: "25001",
  invalidSchemaName: "3F000",
  /** Of a value of an enum that is used before it is committed. */
  uncommittedEnumValue: "55P04",
  /** Of whatever is asked of a transaction that has failed. */
  failedTransaction: "25P02",
  tooManyConnections: "53300",
  startingUp: "57P03",
  /** Of a transaction of a stricter isolation than the usual one, which has read an older state. */
  rowChanged: "40001",
  lockNotAvailable: "55P03",
  deadlock: "40P01",
  /** By a limit of its time, or by somebody. */
  cancelled: "57014",
} as const;

const isSqlState = (code: unknown): code is string => typeof code === "string" && /^[0-9A-Z]{5}$/.test(code);

/** Of values that have no place where they are to go. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const OF_VALUES: ReadonlySet<string> = new Set([
  // Too long, out of range, and what cannot be read as another type.
  "22001",
  "22003",
  "22007",
  "22008",
  "22P02",
  // NULL, foreign keys, unique ones, checks, and exclusion.
  "23502",
  "23503",
  "23505",
  "23514",
  "23P01",
]);

/** The SQLSTATE that the server gave with an error; undefined for errors that are not the server's. */
export function findSqlState(error: unknown): string | undefined {
  // Only this field is looked at, and its type is checked.
  const code = error instanceof Error ? (error as DatabaseErrorFields).code : undefined;
  return isSqlState(code) && !code.startsWith("E") ? code : undefined;
}

/** Whether values stand against a statement, and not its words. */
export const blamesRows = (error: unknown): boolean => OF_VALUES.has(findSqlState(error) ?? "");

/** What a person can do about an error for which the server has no hint. */
const ADVICE: Readonly<Record<string, (message: string) => string | undefined>> = {
  [SQL_STATES.activeTransaction]: () =>
    'in a revision of its own it can stand outside of the transaction: await op.autocommit(() => op.execute("..."))',
  [SQL_STATES.invalidSchemaName]: (message) => {
    const [, name] = /^schema "(\w+)" does not exist$/.exec(message) ?? [];
    return name && `models that speak of it have it too: definedObject("schema", "${name}", "CREATE SCHEMA ${name}")`;
  },
};

const toSentence = (label: string, text: unknown): string =>
  typeof text === "string" && text !== "" ? `; ${label}: ${text}` : "";

/**
 * The server's own words of what went wrong, in one line: message, detail, hint and SQLSTATE.
 *
 * @example
 * describeDatabaseError(error); // column "a" does not exist; hint: Perhaps you meant ... (SQLSTATE 42703)
 */
export function describeDatabaseError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const state = findSqlState(error);
  // The fields of the protocol; what is no text is passed over.
  const { detail, hint } = error as DatabaseErrorFields;
  const advice = hint ?? ADVICE[state ?? ""]?.(error.message);
  const text = `${error.message}${toSentence("detail", detail)}${toSentence("hint", advice)}`;
  const message = text.replaceAll(/\s+/g, " ").trim();
  return state === undefined ? message : `${message} (SQLSTATE ${state})`;
}
