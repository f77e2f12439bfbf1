import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** A database file of its own for a test. */
export interface SqliteDatabase {
  readonly url: string;
  /** Runs scripts on a connection beside the tool. */
  readonly run: (...scripts: readonly string[]) => Promise<void>;
  readonly rows: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly drop: () => Promise<void>;
}

/** Creates a database in a folder of its own; used like those of the servers. */
export async function createSqliteDatabase(...scripts: readonly string[]): Promise<SqliteDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "limbeck-database-"));
  const path = join(folder, "app.db");
  const use = async <Result>(run: (database: DatabaseSync) => Result): Promise<Result> => {
    const database = new DatabaseSync(path);
    try {
      return run(database);
    } finally {
      database.close();
    }
  };
  const run: SqliteDatabase["run"] = (...texts) => use((database) => texts.forEach((text) => database.exec(text)));
  await run(...scripts);
  return {
    url: `sqlite:${path}`,
    run,
    rows: (sql) => use((database) => database.prepare(sql).all()),
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
