import { connectionErrors } from "../../../../kernel/errors/connection-errors.ts";
import { openMysql2, runOnMysql2, type Mysql2Connection } from "../mysql2.ts";
import { describePlace, type ExistingDatabase, type PlaceParts } from "./existing-database.ts";

/** What a connection was told, as far as another one needs it. */
interface OwnConfig extends PlaceParts {
  readonly password?: unknown;
  readonly ssl?: unknown;
}

interface OwnConnection extends Mysql2Connection {
  readonly config: OwnConfig;
  readonly stream: { readonly destroyed: boolean; readonly writableEnded: boolean };
}

interface PooledConnection extends Mysql2Connection {
  release(): void;
}

interface OwnPool {
  readonly config: { readonly connectionConfig: OwnConfig };
  getConnection(done: (error: Error | null, connection: PooledConnection) => void): void;
}

const hasAll = (value: object, members: readonly string[]): boolean => members.every((member) => member in value);

const isConnection = (value: object): value is OwnConnection =>
  hasAll(value, ["config", "query", "execute", "threadId", "destroy", "stream"]);

const isPool = (value: object): value is OwnPool =>
  hasAll(value, ["config", "getConnection", "_allConnections", "_freeConnections"]);

/** The form with promises has the other one inside. */
function unwrap(value: object): object {
  const inner =
    "connection" in value && "Promise" in value
      ? value.connection
      : "pool" in value && "Promise" in value
        ? value.pool
        : value;
  return typeof inner === "object" && inner !== null ? inner : value;
}

const openAnother =
  ({ user, host, port, socketPath, password, ssl, database: own }: OwnConfig) =>
  (database: unknown = own) =>
    openMysql2({ user, host, port, socketPath, password, ssl, database });

function adoptConnection(connection: OwnConnection): ExistingDatabase {
  return {
    url: describePlace(connection.config),
    borrow: async () => {
      if (connection.stream.destroyed || connection.stream.writableEnded)
        throw connectionErrors.connectionClosed({ description: "the connection of mysql2" });
      return { run: (sql) => runOnMysql2(connection, sql), end: () => Promise.resolve() };
    },
    openAnother: openAnother(connection.config),
  };
}

function adoptPool(pool: OwnPool): ExistingDatabase {
  const { connectionConfig } = pool.config;
  return {
    url: describePlace(connectionConfig),
    borrow: async () => {
      const connection = await new Promise<PooledConnection>((resolve, reject) => {
        pool.getConnection((error, taken) => (error ? reject(error) : resolve(taken)));
      });
      return { run: (sql) => runOnMysql2(connection, sql), end: async () => connection.release() };
    },
    openAnother: openAnother(connectionConfig),
  };
}

/** The database behind a connection or a pool of `mysql2`, with callbacks or with promises; undefined when it is anything else. */
export function adoptMysql2(value: object): ExistingDatabase | undefined {
  const inner = unwrap(value);
  if (isPool(inner)) return adoptPool(inner);
  return isConnection(inner) ? adoptConnection(inner) : undefined;
}
