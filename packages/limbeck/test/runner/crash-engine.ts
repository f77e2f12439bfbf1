import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "../../src/dialect/dialect.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { createMariadbDatabase, requireMariadb } from "../support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "../support/postgres-server.ts";
import type { EnginePeculiarities } from "./crash-history.ts";

/** A database that is emptied again and again. */
export interface CrashDatabase {
  readonly url: string;
  readonly empty: () => Promise<void>;
  readonly drop: () => Promise<void>;
}

/** An engine on which runs are killed. */
export interface CrashEngine {
  readonly name: string;
  readonly dialect: Dialect;
  /** What `kill-at-statement.ts` calls its driver. */
  readonly driver: string;
  readonly peculiarities: EnginePeculiarities;
  /** Makes the database of a project. */
  readonly create: (folder: string) => Promise<CrashDatabase>;
  /** To be called in each test. */
  readonly require: () => (context: Parameters<ReturnType<typeof requirePostgres>>[0]) => void;
}

const SQLITE: CrashEngine = {
  name: "SQLite",
  dialect: sqlite,
  driver: "node:sqlite",
  peculiarities: {
    outside: [
      `await op.autocommit((op) => op.execute("VACUUM")); await op.execute("UPDATE people SET n = n + 2");`,
      `await op.execute("UPDATE people SET n = n - 2"); await op.execute("VACUUM");`,
    ],
    choices: [
      `await op.createTable("moods", { id: integer().primaryKey(), mood: varchar(10).check("mood IN ('good', 'bad')") });
       await op.execute("INSERT INTO moods VALUES (1, 'good')"); await op.renameColumn("moods", "mood", "feeling");`,
      `await op.dropTable("moods");`,
    ],
    trigger: "CREATE TRIGGER quiet AFTER INSERT ON people BEGIN SELECT 1; END",
  },
  create: async (folder) => {
    const path = join(folder, "app.db");
    const empty = async (): Promise<void> => {
      for (const end of ["", "-journal", "-wal", "-shm"]) rmSync(path + end, { force: true });
    };
    return { url: `sqlite:${path}`, empty, drop: empty };
  },
  require: () => () => undefined,
};

const POSTGRES: CrashEngine = {
  name: "PostgreSQL",
  dialect: postgres,
  driver: "pg",
  peculiarities: {
    outside: [
      `await op.execute("UPDATE people SET n = n + 2"); await op.autocommit(async (op) => { await op.execute("CREATE INDEX CONCURRENTLY ix_orders_amount ON orders (amount)"); });
       await op.execute("UPDATE people SET n = n + 2"); await op.execute("CREATE INDEX CONCURRENTLY ON orders (amount, id)");`,
      `await op.execute("DROP INDEX CONCURRENTLY ix_orders_amount"); await op.execute("UPDATE people SET n = n - 4"); await op.autocommit((op) => op.execute("DROP INDEX CONCURRENTLY orders_amount_id_idx"));`,
    ],
    choices: [
      `await op.createEnum("mood", ["good", "bad"]); await op.execute("ALTER TYPE mood ADD VALUE 'fine'");
       await op.execute("CREATE TABLE moods (id integer PRIMARY KEY, mood mood)"); await op.execute("INSERT INTO moods VALUES (1, 'fine')");`,
      `await op.execute("DROP TABLE moods"); await op.dropEnum("mood");`,
    ],
    trigger: `CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TRIGGER quiet BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION quiet()`,
  },
  create: async () => {
    const { url, run, drop } = await createPostgresDatabase();
    return { url, drop, empty: () => run("DROP SCHEMA public CASCADE; CREATE SCHEMA public;") };
  },
  require: requirePostgres,
};

const MARIADB: CrashEngine = {
  name: "MariaDB",
  dialect: mysql,
  driver: "mysql2",
  peculiarities: {
    outside: [
      `await op.autocommit(async (op) => { await op.execute("UPDATE people SET n = n + 2"); await op.execute("ALTER TABLE orders ADD INDEX ix_orders_amount (amount)"); });`,
      `await op.autocommit(async (op) => { await op.execute("DROP INDEX ix_orders_amount ON orders"); await op.execute("UPDATE people SET n = n - 2"); });`,
    ],
    choices: [
      `await op.execute("CREATE TABLE moods (id int PRIMARY KEY, mood enum('good', 'bad'))"); await op.execute("ALTER TABLE moods MODIFY mood enum('good', 'bad', 'fine')");
       await op.execute("INSERT INTO moods VALUES (1, 'fine')"); await op.execute("OPTIMIZE TABLE moods");`,
      `await op.execute("DELETE FROM moods"); await op.execute("DROP TABLE moods");`,
    ],
    trigger: "CREATE TRIGGER quiet BEFORE INSERT ON people FOR EACH ROW SET NEW.n = NEW.n",
  },
  create: async () => {
    const { name, url, run, drop } = await createMariadbDatabase();
    return { url, drop, empty: () => run(`DROP DATABASE ${name}`, `CREATE DATABASE ${name}`) };
  },
  require: requireMariadb,
};

/** The engines on which runs are killed. */
export const CRASH_ENGINES: readonly CrashEngine[] = [SQLITE, POSTGRES, MARIADB];
