import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { Connection } from "../dialect/connection.ts";
import type { ConnectOptions, Introspection } from "../dialect/dialect.ts";
import { ConnectionError } from "../kernel/errors/connection-errors.ts";
import type { Environment } from "./environment.ts";

const chooseDriver = ({ driver }: ResolvedConfig): Pick<ConnectOptions, "driver"> =>
  driver === undefined ? {} : { driver };

/** Runs `use` on a connection to the configured database and closes it afterwards, whatever happens. */
export async function withDatabase<Result>(
  { dialect, database, config }: Environment,
  use: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await dialect.connect(database, chooseDriver(config));
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
  { dialect, database, config }: Environment,
  use: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const driver = chooseDriver(config);
  const connection = await dialect.connect(database, { ...driver, readOnly: true }).catch((error: unknown) => {
    if (error instanceof ConnectionError && error.reason === "databaseMissing") return dialect.openScratch(driver);
    throw error;
  });
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

/** Opens an empty throw-away database that is reached like the configured one, so that the same version of the engine runs it. */
export async function openScratchLike({ dialect, config }: Environment): Promise<Connection> {
  return dialect.openScratch(chooseDriver(config));
}

/** Opens a throw-away copy of the configured database, which is only read. */
export async function openCopyOf(original: Connection, { dialect, config }: Environment): Promise<Connection> {
  return dialect.openCopy(original, chooseDriver(config));
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
