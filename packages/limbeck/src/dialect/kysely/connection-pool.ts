import { CompiledQuery, type DatabaseConnection, type Driver } from "kysely";

/** A connection of Kysely's that can be closed. */
export interface PooledConnection extends DatabaseConnection {
  /** Whether nothing can be sent over it any more. */
  readonly isLost: boolean;
  readonly close: () => Promise<void>;
}

/** What a pool has to know of an engine. */
export interface PoolOptions {
  readonly open: () => Promise<PooledConnection>;
  /** How many connections there are at most. */
  readonly size: number;
  readonly quoteIdentifier: (name: string) => string;
}

/** Kysely's way to connections that are opened when they are needed; whoever needs one more than there may be waits for the first that is given back. */
export class ConnectionPool implements Driver {
  readonly #options: PoolOptions;
  readonly #idle: PooledConnection[] = [];
  readonly #waiting: (() => void)[] = [];
  #taken = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Opens the first one: for engines with a single connection, Kysely holds a lock of its own while it acquires one, and keeps it when that fails. */
  async init(): Promise<void> {
    this.#idle.push(await this.#options.open());
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#taken >= this.#options.size) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken += 1;
    try {
      return this.#idle.pop() ?? (await this.#options.open());
    } catch (error) {
      // Kysely gives back only what it has been given; what could not be opened now may be there at the next query.
      this.#giveBack();
      throw error;
    }
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    // Only what this class has handed out comes back.
    const own = connection as PooledConnection;
    if (own.isLost) await own.close().catch(() => undefined);
    else this.#idle.push(own);
    this.#giveBack();
  }

  #giveBack(): void {
    this.#taken -= 1;
    this.#waiting.shift()?.();
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
    await connection.executeQuery(CompiledQuery.raw(`SAVEPOINT ${this.#options.quoteIdentifier(name)}`));
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`ROLLBACK TO ${this.#options.quoteIdentifier(name)}`));
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`RELEASE SAVEPOINT ${this.#options.quoteIdentifier(name)}`));
  }

  async destroy(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((connection) => connection.close()));
  }
}
