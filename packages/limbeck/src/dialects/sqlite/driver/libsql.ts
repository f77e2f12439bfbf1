import {
  adaptBetterSqlite3,
  looksLikeBetterSqlite3,
  type BetterSqlite3Constructor,
  type BetterSqlite3Database,
} from "./adapt-better-sqlite3.ts";
import type { Driver } from "./driver.ts";
import { forbidWriting } from "./forbid-writing.ts";
import { loadPackage } from "../../../dialect/load-package.ts";

const NAME = "libsql";

/**
 * The npm package libsql: a fork of SQLite, behind the API of better-sqlite3. https://github.com/tursodatabase/libsql-js
 *
 * It reads text up to its first zero character only (seen with 0.5.29); what is stored is whole.
 */
export const libsql: Driver = {
  name: NAME,
  open(path, { readOnly, busyTimeout }) {
    // The package exports its class.
    const Database = loadPackage(NAME) as BetterSqlite3Constructor;
    const database = new Database(path);
    // It has no option to read only, and one for the timeout since 0.5.
    database.exec(`PRAGMA busy_timeout=${busyTimeout}`);
    const adapted = adaptBetterSqlite3(database);
    return {
      ...(readOnly ? forbidWriting(adapted) : adapted),
      close() {
        // It closes for good only when the garbage collector has found its last statement, and keeps its locks until then.
        if (database.open && database.inTransaction) database.exec("ROLLBACK");
        database.close();
      },
    };
  },
  adopt: (value) => (looksLikeLibsql(value) && isSynchronous(value) ? adaptBetterSqlite3(value) : undefined),
};

/** Whether an object has the members of a database of libsql. */
export function looksLikeLibsql(value: object): value is BetterSqlite3Database {
  return looksLikeBetterSqlite3(value) && "maxWriteReplicationIndex" in value;
}

/** `libsql/promise` has the same members, and gives promises. */
function isSynchronous(database: BetterSqlite3Database): boolean {
  return !database.open || !("then" in database.prepare("SELECT 1"));
}
