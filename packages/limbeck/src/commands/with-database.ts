import type { Connection } from "../dialect/connection.ts";
import type { Introspection, IntrospectionScope, Lock, Reach, WaitHooks } from "../dialect/dialect.ts";
import { ConnectionError } from "../kernel/errors/connection-errors.ts";
import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { reachErrors } from "../kernel/errors/reach-errors.ts";
import { chooseReach, scratchOptions, type Environment } from "./environment.ts";

/**
 * How long a single statement waits for another session, in milliseconds. A driver waits without hearing of anything else, so that it is short; what is
 * worth more patience is tried again.
 */
const STATEMENT_TIMEOUT = 1000;

/** Who hears of waits for the database, and ends them. */
function createWaitHooks({ onEvent, signal }: Environment): WaitHooks {
  return { onWait: (reason) => onEvent({ kind: "waiting", reason }), signal };
}

/** The way to the database of a run, which passes on what the server tells. */
function chooseTalkingReach({ config, onEvent }: Environment): Reach {
  return { ...chooseReach(config), onNotice: (notice) => onEvent({ kind: "notice", notice }) };
}

/**
 * Runs `use` on a connection and closes it afterwards, whatever happens.
 *
 * @throws ReachError when the connection is lost under a question of ours; what is lost under a revision is told with the revision
 */
export async function useConnection<Result>(
  { dialect }: Pick<Environment, "dialect">,
  connection: Connection,
  use: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  try {
    return await use(connection);
  } catch (error) {
    if (error instanceof LimbeckError || dialect.tellsLoss?.(error) !== true) throw error;
    throw reachErrors.connectionLost({ message: dialect.describeDatabaseError(error) }, error);
  } finally {
    await connection.close();
  }
}

/** Runs `use` under the lock of the configured database, alone: another run waits until it has ended. */
export async function withLock<Result>(
  environment: Environment,
  use: (lock: Lock) => Promise<Result>,
): Promise<Result> {
  const { dialect, database, config } = environment;
  const { onEvent, signal } = environment;
  const onWait = (reason: string): void => onEvent({ kind: "waiting", reason, isForLock: true });
  const options = { ...chooseTalkingReach(environment), onWait, signal, versionTable: config.versionTable };
  const lock = await dialect.acquireLock(database, config.lockTimeout, options);
  try {
    onEvent({ kind: "lockTaken" });
    return await use(lock);
  } finally {
    await lock.release();
  }
}

/** Runs `use` on a connection to the locked database and closes it afterwards, whatever happens. */
export async function withLocked<Result>(
  environment: Environment,
  lock: Lock,
  use: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await lock.connect({ busyTimeout: STATEMENT_TIMEOUT, wait: createWaitHooks(environment) });
  return useConnection(environment, connection, use);
}

/**
 * Runs `use` on a connection that cannot change anything. A database that does not exist yet is read as an empty one,
 * because looking must not create it.
 */
export async function readDatabase<Result>(
  environment: Environment,
  use: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const { dialect, database, config, session } = environment;
  if (session) return use(session);
  const options = { ...chooseReach(config), readOnly: true, wait: createWaitHooks(environment) };
  const connection = await dialect.connect(database, options).catch((error: unknown) => {
    if (error instanceof ConnectionError && error.reason === "databaseMissing") return environment.openScratch();
    throw error;
  });
  return useConnection(environment, connection, use);
}

/** Opens a throw-away copy of the configured database, which is only read. */
export async function openCopyOf(
  original: Connection,
  { dialect, config, database }: Environment,
): Promise<Connection> {
  return dialect.openCopy(original, scratchOptions(config, database));
}

/** Opens a throw-away copy of a scratch database; undefined where the engine can make none. */
export async function tryCopyOf(original: Connection, environment: Environment): Promise<Connection | undefined> {
  try {
    return await openCopyOf(original, environment);
  } catch (error) {
    if (error instanceof ConnectionError && error.reason === "copyUnsupported") return undefined;
    throw error;
  }
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
  const original = await dialect.connect(database, { ...chooseReach(config), readOnly });
  return useConnection({ dialect }, original, use);
}

/** What the database holds, without the tool's own version table. */
export async function introspectDatabase(
  environment: Environment,
  connection: Connection,
  scope?: IntrospectionScope,
): Promise<Introspection> {
  const { schema, ...rest } = await environment.dialect.introspect(connection, scope);
  return { ...rest, schema: environment.versions.withoutOwnTables(schema) };
}
