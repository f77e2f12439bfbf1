import { connectionErrors } from "../../../../kernel/errors/connection-errors.ts";
import { quoteIdentifier } from "../../quote.ts";
import type { DriverSession } from "../driver.ts";
import { runOnMariadb, type MariadbConnection } from "../mariadb.ts";
import { describePlace, type ExistingDatabase } from "./existing-database.ts";

interface OwnConnection extends MariadbConnection {
  isValid(): boolean;
}

interface PooledConnection extends MariadbConnection {
  release(): Promise<void>;
}

interface OwnPool {
  readonly closed: boolean;
  getConnection(): Promise<PooledConnection>;
}

const hasAll = (value: object, members: readonly string[]): boolean => members.every((member) => member in value);

const isConnection = (value: object): value is OwnConnection =>
  hasAll(value, ["threadId", "info", "query", "batch", "importFile", "isValid", "changeUser"]);

const isPool = (value: object): value is OwnPool =>
  hasAll(value, ["getConnection", "totalConnections", "activeConnections", "idleConnections", "importFile"]);

/** The objects keep to themselves where they lead; the session says it. */
const URL = describePlace({ host: "(mariadb)" });

async function take(pool: OwnPool): Promise<DriverSession> {
  if (pool.closed) throw connectionErrors.connectionClosed({ description: "the pool of mariadb" });
  const connection = await pool.getConnection();
  return { run: (sql) => runOnMariadb(connection, sql), end: () => connection.release() };
}

/** A session of the pool in another database, which goes back into its own one in the end. */
async function takeInto(pool: OwnPool, database: string): Promise<DriverSession> {
  const session = await take(pool);
  const { rows } = await session.run("SELECT DATABASE()");
  const own = Buffer.from(rows[0]?.[0] ?? []).toString();
  await session.run(`USE ${quoteIdentifier(database)}`);
  return {
    run: session.run,
    end: async () => {
      try {
        await session.run(`USE ${quoteIdentifier(own)}`);
      } finally {
        await session.end();
      }
    },
  };
}

/** The database behind a connection or a pool of `mariadb`, as its module of promises gives them; undefined when it is anything else. */
export function adoptMariadb(value: object): ExistingDatabase | undefined {
  if (isPool(value)) {
    return {
      url: URL,
      borrow: () => take(value),
      openAnother: (database) => (database === undefined ? take(value) : takeInto(value, database)),
    };
  }
  if (!isConnection(value)) return undefined;
  return {
    url: URL,
    borrow: async () => {
      if (!value.isValid()) throw connectionErrors.connectionClosed({ description: "the connection of mariadb" });
      return { run: (sql) => runOnMariadb(value, sql), end: () => Promise.resolve() };
    },
  };
}
