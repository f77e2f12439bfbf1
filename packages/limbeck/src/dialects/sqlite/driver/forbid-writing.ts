import type { DriverDatabase } from "./driver.ts";
import { readSetting } from "./read-setting.ts";

/** Writes a copy into another file, and nothing here. https://www.sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause */
const VACUUM_INTO = /^\s*VACUUM\b.*\bINTO\b/is;

/**
 * A view of a database through which nothing can be written. It is read-only just for as long as a statement runs, because between two of ours one of its
 * owner's may come. https://www.sqlite.org/pragma.html#pragma_query_only
 */
export function forbidWriting(database: DriverDatabase): DriverDatabase {
  const guard = <Result>(run: () => Result): Result => {
    const before = readSetting(database, "query_only");
    database.exec("PRAGMA query_only=ON");
    try {
      return run();
    } finally {
      database.exec(`PRAGMA query_only=${before}`);
    }
  };
  return {
    ...database,
    exec: (sql) => guard(() => database.exec(sql)),
    prepare(sql) {
      const statement = database.prepare(sql);
      if (VACUUM_INTO.test(sql)) return statement;
      return {
        ...statement,
        all: (values) => guard(() => statement.all(values)),
        run: (values) => guard(() => statement.run(values)),
      };
    },
  };
}
