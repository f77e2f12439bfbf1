import { connectionErrors } from "../../../../kernel/errors/connection-errors.ts";
import type { DriverSession } from "../driver.ts";
import { changeDatabase } from "../parse-url.ts";
import { createPgRunner, type PgClient, type PgClientConstructor } from "../pg.ts";
import { passNotice } from "../pass-notice.ts";
import { describePlace, type ExistingDatabase, type PlaceParts } from "./existing-database.ts";

/** A client of `pg` that somebody made. */
interface OwnClient extends PgClient {
  readonly connectionParameters: PlaceParts & { readonly password?: unknown; readonly ssl?: unknown };
  readonly constructor: PgClientConstructor;
}

interface PooledClient extends PgClient {
  release(error?: Error | boolean): void;
}

/** A pool of `pg`. */
interface OwnPool {
  connect(): Promise<PooledClient>;
  readonly options: PlaceParts & { readonly connectionString?: string };
  readonly ended: boolean;
  readonly Client: PgClientConstructor;
}

const hasAll = (value: object, members: readonly string[]): boolean => members.every((member) => member in value);

const isClient = (value: object): value is OwnClient =>
  hasAll(value, ["connectionParameters", "processID", "query", "connect", "end"]);

const isPool = (value: object): value is OwnPool =>
  hasAll(value, ["totalCount", "idleCount", "waitingCount", "options", "connect", "Client"]);

function borrowClient(
  client: PgClient,
  [onNotice]: Parameters<ExistingDatabase["borrow"]>,
  giveBack: (error?: unknown) => void,
): DriverSession {
  const hear = (notice: Error): void => passNotice(notice, onNotice);
  client.on("notice", hear);
  const { run, leave } = createPgRunner(client);
  return {
    process: client.processID,
    run,
    end: async () => {
      client.off("notice", hear);
      leave();
      giveBack();
    },
  };
}

async function openClient(Client: PgClientConstructor, config: object): Promise<DriverSession> {
  const client = new Client({ ...config });
  const { run } = createPgRunner(client);
  await client.connect();
  return { run, end: () => client.end() };
}

function adoptClient(client: OwnClient): ExistingDatabase {
  const { connectionParameters: parameters } = client;
  const { user, host, port, database, password, ssl } = parameters;
  return {
    url: describePlace(parameters),
    isEmbedded: false,
    borrow: async (onNotice) => {
      // It would keep queries to itself until somebody connects it.
      if (client.processID === null) {
        const fix = "write await client.connect() before the client is handed over";
        throw connectionErrors.connectionClosed({ description: "the client of pg", fix });
      }
      return borrowClient(client, [onNotice], () => undefined);
    },
    openAnother: (other = String(database)) =>
      openClient(client.constructor, { user, host, port, password, ssl, database: other, application_name: "limbeck" }),
  };
}

/** What a pool was told, with another database in it. */
function changePoolDatabase(options: OwnPool["options"], database: string | undefined): object {
  if (database === undefined) return options;
  const { connectionString } = options;
  return {
    ...options,
    database,
    ...(connectionString !== undefined && { connectionString: changeDatabase(connectionString, database) }),
  };
}

function adoptPool(pool: OwnPool): ExistingDatabase {
  const { connectionString } = pool.options;
  // Without what stands in front of the host, because a password does.
  const place = connectionString?.replace(/^[^?]*@|^[a-z]+:\/\//i, "postgres://").replace(/\?.*$/s, "");
  return {
    url: place ?? describePlace(pool.options),
    isEmbedded: false,
    borrow: async (onNotice) => {
      if (pool.ended) throw connectionErrors.connectionClosed({ description: "the pool of pg" });
      const client = await pool.connect();
      return borrowClient(client, [onNotice], () => client.release());
    },
    openAnother: (database) => openClient(pool.Client, changePoolDatabase(pool.options, database)),
  };
}

/** The database behind a client or a pool of `pg`; undefined when it is anything else. */
export function adoptPg(value: object): ExistingDatabase | undefined {
  if (isPool(value)) return adoptPool(value);
  return isClient(value) ? adoptClient(value) : undefined;
}
