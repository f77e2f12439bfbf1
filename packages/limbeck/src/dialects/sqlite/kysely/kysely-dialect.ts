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
import { QueryConnection } from "./query-connection.ts";
import type { QueryRunner } from "./query-runner.ts";

/** Hands out one connection at a time, because SQLite's transactions belong to the connection. */
class SingleConnectionDriver implements Driver {
  readonly #open: () => Promise<QueryRunner>;
  readonly #close: () => Promise<void>;
  #connection: Promise<DatabaseConnection> | undefined;
  #free: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;

  constructor(open: () => Promise<QueryRunner>, close: () => Promise<void>) {
    this.#open = open;
    this.#close = close;
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
    return this.#connect();
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

  async releaseConnection(): Promise<void> {
    this.#release();
  }

  async destroy(): Promise<void> {
    await this.#close();
  }

  #connect(): Promise<DatabaseConnection> {
    this.#connection ??= this.#open().then((runner) => new QueryConnection(runner));
    return this.#connection;
  }
}

function buildDialect(open: () => Promise<QueryRunner>, close: () => Promise<void>): Dialect {
  return {
    createDriver: () => new SingleConnectionDriver(open, close),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
  };
}

/** A Kysely dialect that opens a connection at the first query and closes it with `destroy()`. */
export function createKyselyDialect(open: () => Promise<Connection>): Dialect {
  let connection: Connection | undefined;
  return buildDialect(
    async () => (connection = await open()),
    async () => connection?.close(),
  );
}

/** A Kysely dialect over something that is already open and stays so. */
export function createBorrowedKyselyDialect(runner: QueryRunner): Dialect {
  return buildDialect(
    async () => runner,
    async () => undefined,
  );
}
