import type { StoredValue } from "../stored-value.ts";
import type { DriverDatabase, DriverStatement, ResultColumn } from "./driver.ts";

/** What is used of the API of better-sqlite3, which libsql copies. */
export interface BetterSqlite3Database {
  readonly open: boolean;
  readonly inTransaction: boolean;
  exec(sql: string): unknown;
  prepare(sql: string): BetterSqlite3Statement;
  close(): unknown;
}

/** What is used of its statements. */
export interface BetterSqlite3Statement {
  readonly reader: boolean;
  /** Rows as lists; for statements that give rows. */
  raw(isOn: boolean): unknown;
  /** Integers as bigints. */
  safeIntegers(isOn: boolean): unknown;
  columns(): readonly ResultColumn[];
  all(values: readonly StoredValue[]): readonly (readonly StoredValue[])[];
  /** The first row only. */
  get(values: readonly StoredValue[]): unknown;
  run(values: readonly StoredValue[]): { readonly changes: number };
}

/** What the package exports. */
export type BetterSqlite3Constructor = new (
  path: string,
  options?: { readonly readonly: boolean; readonly timeout: number },
) => BetterSqlite3Database;

/** Whether an object has the members of a database of better-sqlite3, which one of libsql has too. */
export function looksLikeBetterSqlite3(value: object): value is BetterSqlite3Database {
  return ["open", "inTransaction", "exec", "prepare", "close", "defaultSafeIntegers"].every(
    (member) => member in value,
  );
}

/** A database of better-sqlite3, or of libsql, as every driver gives it. */
export function adaptBetterSqlite3(database: BetterSqlite3Database): DriverDatabase {
  return {
    isOpen: () => database.open,
    isInTransaction: () => database.inTransaction,
    exec: (sql) => void database.exec(sql),
    prepare: (sql) => adaptStatement(database.prepare(sql)),
    close: () => void database.close(),
  };
}

/** A statement of better-sqlite3, or of libsql, as every driver gives it. */
export function adaptStatement(statement: BetterSqlite3Statement): DriverStatement {
  statement.safeIntegers(true);
  // As objects, rows would lose a column that is called __proto__.
  if (statement.reader) statement.raw(true);
  return {
    hasColumns: statement.reader,
    columns: () => statement.columns(),
    // Values go in one list: libsql takes a single Uint8Array, or null, for an object of named parameters.
    all: (values) => statement.all(values).map((row) => row.map(withoutBuffer)),
    run: (values) => statement.run(values).changes,
  };
}

/** A Buffer is a Uint8Array with other methods under the same names, `slice` for one. */
function withoutBuffer(value: StoredValue): StoredValue {
  return value instanceof Uint8Array ? new Uint8Array(value.buffer, value.byteOffset, value.length) : value;
}
