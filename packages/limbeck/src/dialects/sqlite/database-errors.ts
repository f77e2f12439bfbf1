/** What `node:sqlite` adds to an error. https://nodejs.org/api/sqlite.html */
interface DatabaseErrorFields {
  /** Extended result code. https://www.sqlite.org/rescode.html */
  readonly errcode?: unknown;
}

/** Result codes of SQLite that mean something to us. https://www.sqlite.org/rescode.html */
export const RESULT_CODES = {
  busy: 5,
  readOnly: 8,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/** The primary result code that SQLite gave with an error; undefined for errors that are not SQLite's. */
export function findResultCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  // Only this field is looked at, and its type is checked.
  const { errcode } = error as DatabaseErrorFields;
  // The lowest byte is the primary code; the others say more about it.
  return typeof errcode === "number" ? errcode & 0xff : undefined;
}

/** What a table is called while it is built anew: the words in front of its own name. */
export const NEW_TABLE_PREFIX = "_limbeck_new_";

/**
 * The engine's own words of what went wrong, in one line, with its result code. A table that is being rebuilt is called by its own name.
 *
 * @example
 * describeDatabaseError(error); // UNIQUE constraint failed: todos.title (SQLite error 2067)
 */
export function describeDatabaseError(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const message = text.replaceAll(NEW_TABLE_PREFIX, "").replaceAll(/\s+/g, " ").trim();
  if (findResultCode(error) === undefined) return message;
  // findResultCode has seen that the field is there.
  const { errcode } = error as DatabaseErrorFields;
  return `${message} (SQLite error ${String(errcode)})`;
}
