/** What drivers add to an error. */
interface DatabaseErrorFields {
  /** Extended result code, with node:sqlite. https://www.sqlite.org/rescode.html */
  readonly errcode?: unknown;
  /** Extended result code, with libsql. */
  readonly rawCode?: unknown;
  /** Its name, with better-sqlite3, for example `SQLITE_BUSY_SNAPSHOT`; other words of other drivers. */
  readonly code?: unknown;
}

/** Result codes of SQLite that mean something to us. https://www.sqlite.org/rescode.html */
export const RESULT_CODES = {
  busy: 5,
  readOnly: 8,
  cannotOpen: 14,
  constraint: 19,
  notADatabase: 26,
} as const;

const NAMES: readonly (readonly [name: string, code: number])[] = [
  ["SQLITE_BUSY", RESULT_CODES.busy],
  ["SQLITE_READONLY", RESULT_CODES.readOnly],
  ["SQLITE_CONSTRAINT", RESULT_CODES.constraint],
  ["SQLITE_CANTOPEN", RESULT_CODES.cannotOpen],
  ["SQLITE_NOTADB", RESULT_CODES.notADatabase],
];

/** The code as the driver gives it: a number, or a name where it knows no number. */
function findDriverCode(error: unknown): number | string | undefined {
  if (!(error instanceof Error)) return undefined;
  // Only these fields are looked at, and their types are checked.
  const { errcode, rawCode, code } = error as DatabaseErrorFields;
  if (typeof errcode === "number") return errcode;
  if (typeof rawCode === "number") return rawCode;
  return typeof code === "string" && code.startsWith("SQLITE_") ? code : undefined;
}

/** The primary result code that SQLite gave with an error; undefined for errors that are not SQLite's, and for names that mean nothing to us. */
export function findResultCode(error: unknown): number | undefined {
  const code = findDriverCode(error);
  // The lowest byte is the primary code; the others say more about it, as does what follows the name.
  if (typeof code === "number") return code & 0xff;
  return NAMES.find(([name]) => code === name || code?.startsWith(`${name}_`))?.[1];
}

/** Whether values stand against a statement, and not its words. */
export const blamesRows = (error: unknown): boolean => findResultCode(error) === RESULT_CODES.constraint;

/** What a table is called while it is built anew: the words in front of its own name. */
export const NEW_TABLE_PREFIX = "_limbeck_new_";

/** Those words, with the underscores that make the name a free one. */
const NEW_TABLES = new RegExp(`_*${NEW_TABLE_PREFIX}`, "g");

/** What SQLite says when it reads the whole schema again, as every rename does, and finds text in double quotes. */
const DOUBLE_QUOTED =
  /^error in (table|index|view|trigger) (.+?)(?: after .+?)?: no such column: .* - should this be a string literal/;

/** https://www.sqlite.org/quirks.html#double_quoted_string_literals_are_accepted */
function adviseOnQuotes(message: string): string {
  const [, kind, name] = DOUBLE_QUOTED.exec(message) ?? [];
  if (kind === undefined || name === undefined) return "";
  const remedy =
    kind === "table"
      ? `await op.batchAlterTable(${JSON.stringify(name)}, () => {}, { recreate: "always" }) before this writes it in single ones`
      : `drop the ${kind} and create it anew with single ones before this`;
  return `; the ${kind} is from a time when SQLite took double quotes for text: ${remedy}`;
}

/**
 * The engine's own words of what went wrong, in one line, with its result code. A table that is being rebuilt is called by its own name.
 *
 * @example
 * describeDatabaseError(error); // UNIQUE constraint failed: todos.title (SQLite error 2067)
 */
export function describeDatabaseError(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const message = text.replaceAll(NEW_TABLES, "").replaceAll(/\s+/g, " ").trim();
  const code = findDriverCode(error);
  const words = `${message}${adviseOnQuotes(message)}`;
  return code === undefined ? words : `${words} (SQLite error ${code})`;
}
