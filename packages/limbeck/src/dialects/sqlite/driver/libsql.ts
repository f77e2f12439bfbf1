import {
  adaptBetterSqlite3,
  adaptStatement,
  looksLikeBetterSqlite3,
  type BetterSqlite3Constructor,
  type BetterSqlite3Database,
} from "./adapt-better-sqlite3.ts";
import type { Driver, DriverDatabase } from "./driver.ts";
import { forbidWriting } from "./forbid-writing.ts";
import { loadPackage } from "../../../dialect/load-package.ts";
import { tokenize } from "../parse/tokenize.ts";

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
    const adapted = adaptLibsql(database);
    return {
      ...(readOnly ? forbidWriting(adapted) : adapted),
      close() {
        // It closes for good only when the garbage collector has found its last statement, and keeps its locks until then.
        if (database.open && database.inTransaction) database.exec("ROLLBACK");
        database.close();
      },
    };
  },
  adopt: (value) => (looksLikeLibsql(value) && isSynchronous(value) ? adaptLibsql(value) : undefined),
};

/**
 * SQLite takes an EXPLAIN for running until it is reset, also behind its last row, and libsql resets what it has read to the end only when the garbage
 * collector finds it. Until then no table could be dropped: "database table is locked" (seen with 0.5.29). Asking for a single row resets it.
 */
function adaptLibsql(database: BetterSqlite3Database): DriverDatabase {
  return {
    ...adaptBetterSqlite3(database),
    prepare(sql) {
      const statement = database.prepare(sql);
      const adapted = adaptStatement(statement);
      if (!/explain/i.test(sql) || tokenize(sql)[0]?.keyword !== "EXPLAIN") return adapted;
      return {
        ...adapted,
        all(values) {
          const rows = adapted.all(values);
          statement.get(values);
          return rows;
        },
      };
    },
  };
}

/** Whether an object has the members of a database of libsql. */
export function looksLikeLibsql(value: object): value is BetterSqlite3Database {
  return looksLikeBetterSqlite3(value) && "maxWriteReplicationIndex" in value;
}

/** `libsql/promise` has the same members, and gives promises. */
function isSynchronous(database: BetterSqlite3Database): boolean {
  return !database.open || !("then" in database.prepare("SELECT 1"));
}
