import type { DriverDatabase, DriverStatement } from "./driver.ts";

/** What a run changes on its connection, and what a connection that goes on living must get back. */
const SETTINGS = ["foreign_keys", "legacy_alter_table"] as const;

/**
 * A database that belongs to somebody else: closing it gives back its settings and leaves it open.
 *
 * @param readOnly refuses to write through this view of it; the owner may go on writing
 */
export function borrowDatabase(database: DriverDatabase, readOnly: boolean): DriverDatabase {
  if (readOnly) {
    return { ...database, prepare: (sql) => forbidWriting(database, database.prepare(sql)), close: () => undefined };
  }
  const settings = SETTINGS.map((name) => [name, readSetting(database, name)] as const);
  return {
    ...database,
    close() {
      if (!database.isOpen()) return;
      for (const [name, value] of settings) database.exec(`PRAGMA ${name}=${value}`);
    },
  };
}

function readSetting(database: DriverDatabase, name: string): string {
  return String(database.prepare(`PRAGMA ${name}`).all([])[0]?.[0] ?? 0);
}

/** Read-only for as long as a statement runs: between two of ours, the owner's may come. https://www.sqlite.org/pragma.html#pragma_query_only */
function forbidWriting(database: DriverDatabase, statement: DriverStatement): DriverStatement {
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
    ...statement,
    all: (values) => guard(() => statement.all(values)),
    run: (values) => guard(() => statement.run(values)),
  };
}
