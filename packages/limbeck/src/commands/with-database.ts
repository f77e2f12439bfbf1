import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { Connection } from "../dialect/connection.ts";
import type { ConnectOptions, Introspection, Lock } from "../dialect/dialect.ts";
import { ConnectionError } from "../kernel/errors/connection-errors.ts";
import { scratchOptions, type Environment } from "./environment.ts";

const chooseDriver = ({ driver }: ResolvedConfig): Pick<ConnectOptions, "driver"> =>
  driver === undefined ? {} : { driver };

/** How long a run waits for another one, in milliseconds. */
const LOCK_TIMEOUT = 60_000;

/** Runs `use` under the lock of the configured database, alone: another run waits until it has ended. */
export async function withLock<Result>(
  { dialect, database, config }: Environment,
  use: (lock: Lock) => Promise<Result>,
): Promise<Result> {
  const options = { ...chooseDriver(config), versionTable: config.versionTable };
  const lock = await dialect.acquireLock(database, LOCK_TIMEOUT, options);
  try {
    return await use(lock);
  } finally {
    await lock.release();
  }
}

/** Runs `use` on a connection to the locked database and closes it afterwards, whatever happens. */
export async function withLocked<Result>(
  lock: Lock,
  use: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await lock.connect();
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

/**
 * Runs `use` on a connection that cannot change anything. A database that does not exist yet is read as an empty one,
 * because looking must not create it.
 */
export async function readDatabase<Result>(
  { dialect, database, config, openScratch }: Environment,
  use: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const driver = chooseDriver(config);
  const connection = await dialect.connect(database, { ...driver, readOnly: true }).catch((error: unknown) => {
    if (error instanceof ConnectionError && error.reason === "databaseMissing") return openScratch();
    throw error;
  });
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

/** Opens a throw-away copy of the configured database, which is only read. */
export async function openCopyOf(
  original: Connection,
  { dialect, config, database }: Environment,
): Promise<Connection> {
  return dialect.openCopy(original, scratchOptions(config, database));
}

/**
 * Runs `use` on a connection to the configured database that is there to be copied from: nothing may be written through it.
 *
 * @throws ConnectionError when there is no such database
 */
export async function withOriginal<Result>(
  { dialect, database, config }: Environment,
  use: (original: Connection) => Promise<Result>,
): Promise<Result> {
  // A connection that is open already belongs to somebody, who knows best what it may do.
  const readOnly = typeof database === "string";
  const original = await dialect.connect(database, { ...chooseDriver(config), readOnly });
  try {
    return await use(original);
  } finally {
    await original.close();
  }
}

/** What the database holds, without the tool's own version table. */
export async function introspectDatabase(environment: Environment, connection: Connection): Promise<Introspection> {
  const { schema, unmanaged } = await environment.dialect.introspect(connection);
  return { schema: environment.versions.withoutVersionTable(schema), unmanaged };
}
