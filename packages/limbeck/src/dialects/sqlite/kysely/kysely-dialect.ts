import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
} from "kysely";
import type { Connection } from "../../../dialect/connection.ts";
import { quoteIdentifier } from "../quote.ts";
import { QueryConnection } from "./query-connection.ts";
import type { QueryRunner } from "./query-runner.ts";

/** What queries go through, and what is closed at the end if it is the driver's own. */
interface OpenRunner extends QueryRunner {
  close?(): Promise<void>;
}

/** Hands out one connection at a time, because SQLite's transactions belong to the connection. */
class SingleConnectionDriver implements Driver {
  readonly #open: () => Promise<OpenRunner>;
  #runner: Promise<OpenRunner> | undefined;
  #free: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;

  constructor(open: () => Promise<OpenRunner>) {
    this.#open = open;
  }

  async init(): Promise<void> {
    await this.#connect();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#free;
    let release = (): void => undefined;
    this.#free = new Promise((resolve) => (release = resolve));
    await before;
    this.#release = release;
    try {
      return await this.#connect();
    } catch (error) {
      // Kysely gives back only what it has been given.
      release();
      throw error;
    }
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("BEGIN"));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("COMMIT"));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("ROLLBACK"));
  }

  async savepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`SAVEPOINT ${quoteIdentifier(name)}`));
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`ROLLBACK TO ${quoteIdentifier(name)}`));
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`RELEASE ${quoteIdentifier(name)}`));
  }

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async destroy(): Promise<void> {
    const runner = await this.#runner;
    this.#runner = undefined;
    await runner?.close?.();
  }

  async #connect(): Promise<DatabaseConnection> {
    this.#runner ??= this.#open();
    try {
      return new QueryConnection(await this.#runner);
    } catch (error) {
      // What could not be opened now may be there at the next query.
      this.#runner = undefined;
      throw error;
    }
  }
}

/** Each Kysely has a driver of its own, and each driver a connection. */
function buildDialect(open: () => Promise<OpenRunner>): Dialect {
  return {
    createDriver: () => new SingleConnectionDriver(open),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  };
}

/** A Kysely dialect that opens a connection at the first query and closes it with `destroy()`. */
export function createKyselyDialect(open: () => Promise<Connection>): Dialect {
  return buildDialect(open);
}

/** A Kysely dialect over something that is already open and stays so. */
export function createBorrowedKyselyDialect(runner: QueryRunner): Dialect {
  return buildDialect(async () => ({ query: (sql, parameters) => runner.query(sql, parameters) }));
}
