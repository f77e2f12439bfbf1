import type { Connection } from "../../../dialect/connection.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import type { SqlValue } from "../../../ops/operation.ts";
import { quoteIdentifier } from "../quote.ts";
import { keepPlans } from "./keep-plans.ts";
import { nameScratch } from "./scratch-name.ts";

/** How sessions with scratch databases of a server are opened. */
export interface Bench {
  /** The database beside which they are, for people. */
  readonly description: string;
  /** A session beside the one that works, which shows other runs that the scratch database is in use, and drops it in the end. */
  readonly openKeeper: () => Promise<Connection>;
  /** A session with another database of the same server. */
  readonly openNamed: (name: string) => Promise<Connection>;
}

/** A database that was created to be thrown away. */
export interface ScratchDatabase {
  readonly name: string;
  readonly keeper: Connection;
  /** Gives a new session the settings that it works with. */
  readonly prepare: (session: Connection) => Promise<void>;
}

/** Drops a scratch database, if it is there already, and gives up the session that stands for it. */
export async function dropScratch(keeper: Connection, name: string | undefined): Promise<void> {
  try {
    if (name !== undefined) await keeper.execute(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`);
  } finally {
    await keeper.close();
  }
}

/** A session with a scratch database. It is the only one, so that it can be given up for the moment in which the server copies the database. */
export class ScratchConnection implements Connection {
  readonly serverVersion: string;
  readonly description: string;
  readonly #bench: Bench;
  readonly #database: ScratchDatabase;
  /** Undefined once it is closed. */
  #session: Connection | undefined;

  private constructor(bench: Bench, database: ScratchDatabase, session: Connection) {
    this.serverVersion = session.serverVersion;
    this.description = `a scratch database beside ${bench.description}`;
    this.#bench = bench;
    this.#database = database;
    this.#session = session;
  }

  /** Opens a session with a database that has been created. */
  static async open(bench: Bench, database: ScratchDatabase): Promise<ScratchConnection> {
    const session = keepPlans(await bench.openNamed(database.name));
    await database.prepare(session);
    return new ScratchConnection(bench, database, session);
  }

  async execute(sql: string, parameters?: readonly SqlValue[]): Promise<number> {
    return this.#requireSession().execute(sql, parameters);
  }

  async query(sql: string, parameters?: readonly SqlValue[]): ReturnType<Connection["query"]> {
    return this.#requireSession().query(sql, parameters);
  }

  /**
   * Another scratch database with all that this one holds. The server copies only what nobody is connected to, so the session begins anew; what lived with it, such as
   * temporary tables, is gone. https://www.postgresql.org/docs/current/manage-ag-templatedbs.html
   */
  async copy(): Promise<ScratchConnection> {
    const original = this.#requireSession();
    const keeper = await this.#bench.openKeeper();
    let name: string | undefined;
    try {
      name = await nameScratch(keeper);
      const { name: template, prepare } = this.#database;
      await original.close();
      try {
        await keeper.execute(`CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE ${quoteIdentifier(template)}`);
      } finally {
        this.#session = keepPlans(await this.#bench.openNamed(template));
        await prepare(this.#session);
      }
      return await ScratchConnection.open(this.#bench, { name, keeper, prepare });
    } catch (error) {
      await dropScratch(keeper, name);
      throw error;
    }
  }

  async close(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    this.#session = undefined;
    await session.close();
    await dropScratch(this.#database.keeper, this.#database.name);
  }

  /** @throws ConnectionError when it is closed */
  #requireSession(): Connection {
    if (this.#session) return this.#session;
    throw connectionErrors.connectionClosed({ description: this.description });
  }
}
