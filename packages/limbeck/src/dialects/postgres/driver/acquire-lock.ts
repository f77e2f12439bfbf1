import { createHash } from "node:crypto";
import type { Connection } from "../../../dialect/connection.ts";
import type { ConnectOptions, DatabaseTarget, Lock, LockOptions, Reach } from "../../../dialect/dialect.ts";
import type { StopSignal } from "../../../dialect/stop-signal.ts";
import { waitFor } from "../../../dialect/wait-for.ts";
import { describeWait, lockErrors } from "../../../kernel/errors/lock-errors.ts";
import { UNKNOWN_HOLDER, type RunHolder } from "../../../kernel/run-holder.ts";
import { cancelOnStop } from "./cancel-on-stop.ts";
import { connect, setUp } from "./connect.ts";
import { isEmbeddedUrl } from "./embedded-url.ts";
import { eraseSchema } from "./erase-schema.ts";
import { explainOwn } from "./explain-refusal.ts";
import { tidyUp } from "./is-loss.ts";
import { keepPlans } from "./keep-plans.ts";
import { markLocked, readLockedSince, unmarkLocked } from "./lent-session.ts";
import { openSession, type OpenSession } from "./open-session.ts";
import { readText } from "./read-text.ts";

/** "limb" in ASCII: keeps the locks of Limbeck apart from those of other programs. */
const LOCK_SPACE = 0x6c_69_6d_62;

/** Advisory locks are numbers; two version tables get two, in all likelihood. */
function findKey(schema: string, versionTable: string): number {
  return createHash("sha256").update(`${schema}.${versionTable}`).digest().readInt32BE(0);
}

async function readSchema(connection: Connection): Promise<string> {
  const [row] = await connection.query("SELECT current_schema()::text AS name");
  return readText(row, "name");
}

async function tryToLock(connection: Connection, key: number): Promise<boolean> {
  const [row] = await connection.query("SELECT pg_try_advisory_lock($1::int, $2::int) AS taken", [LOCK_SPACE, key]);
  return row?.["taken"] === true;
}

async function unlock(connection: Connection, key: number): Promise<void> {
  await connection.query("SELECT pg_advisory_unlock($1::int, $2::int)", [LOCK_SPACE, key]);
}

/** Who holds the lock, undefined where nobody does; what the server shows only to the owner of a session stays out. */
async function findHolder(connection: Connection, key: number): Promise<RunHolder | undefined> {
  const [row] = await connection.query(
    `SELECT a.pid::text, a.application_name, a.usename, a.client_addr::text AS address, a.backend_start
    FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.classid::bigint = $1 AND l.objid::bigint = $2`,
    [LOCK_SPACE, key >>> 0],
  );
  if (!row) return undefined;
  const { application_name: program, usename: user, address, backend_start: start } = row;
  const words = [
    `server process ${readText(row, "pid")}`,
    ...(typeof program === "string" && program !== "" ? [program] : []),
    ...(typeof user === "string" ? [`user ${user}`] : []),
    ...(typeof address === "string" ? [`from ${address}`] : []),
  ];
  return { holder: words.join(", "), since: start instanceof Date ? start.toISOString() : "" };
}

/** The run that has the lock; undefined where none has it. */
export async function findRun(
  connection: Connection,
  _target: DatabaseTarget,
  versionTable: string,
): Promise<RunHolder | undefined> {
  return findHolder(connection, findKey(await readSchema(connection), versionTable));
}

/**
 * Lets the server notice within seconds that this process died in the middle of a long statement; it would otherwise work on to the end, and hold the lock
 * until then. Not every system can. https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-CLIENT-CONNECTION-CHECK-INTERVAL
 */
async function watchClient(connection: Connection): Promise<void> {
  await connection.execute("SELECT set_config('client_connection_check_interval', '2s', false)").catch(() => undefined);
}

/** The session of the lock as one that a command may close: the lock stays until it is released. */
function lend(connection: Connection): Connection {
  return {
    serverVersion: connection.serverVersion,
    description: connection.description,
    execute: (sql, parameters) => connection.execute(sql, parameters),
    query: (sql, parameters) => connection.query(sql, parameters),
    close: () => Promise.resolve(),
  };
}

/** A wait for the lock of a session. */
type LockWait = Pick<LockOptions, "onWait" | "signal"> & { readonly timeout: number };

async function takeAdvisoryLock(connection: Connection, versionTable: string, wait: LockWait): Promise<number> {
  const { timeout, onWait, signal } = wait;
  const key = findKey(await readSchema(connection), versionTable);
  const describeHeld = async () => ({
    database: connection.description,
    ...((await findHolder(connection, key)) ?? UNKNOWN_HOLDER),
  });
  const tell = (): void =>
    void describeHeld().then(
      (held) => onWait?.(describeWait(held)),
      () => undefined,
    );
  const { outcome, waited } = await waitFor(() => tryToLock(connection, key), { timeout, signal, onWait: tell });
  if (outcome === "stopped") throw lockErrors.stoppedWaiting({ reason: describeWait(await describeHeld()) });
  if (outcome === "timedOut") throw lockErrors.heldByAnotherRun({ ...(await describeHeld()), waited });
  return key;
}

/** Waits until no other run of this process works on a session that was handed over. */
async function takeSession({ session, description }: OpenSession, wait: LockWait): Promise<void> {
  const { timeout, onWait, signal } = wait;
  const describeHeld = async () => ({
    database: description,
    holder: "another run in this process",
    since: (await readLockedSince(session)) ?? "",
  });
  const tell = (): void => void describeHeld().then((held) => onWait?.(describeWait(held)));
  const attempt = (): Promise<boolean> => markLocked(session, description);
  const { outcome, waited } = await waitFor(attempt, { timeout, signal, onWait: tell });
  if (outcome === "stopped") throw lockErrors.stoppedWaiting({ reason: describeWait(await describeHeld()) });
  if (outcome === "timedOut") throw lockErrors.heldByAnotherRun({ ...(await describeHeld()), waited });
}

/** The session marked as taken until it ends. */
async function openLocked(target: DatabaseTarget, options: ConnectOptions, wait: LockWait): Promise<OpenSession> {
  const open = await openSession(target, options);
  if (!open.isBorrowed) return open;
  const { session } = open;
  try {
    await takeSession(open, wait);
  } catch (error) {
    await session.end();
    throw explainOwn(open.description, error);
  }
  const end = async (): Promise<void> => {
    try {
      await tidyUp(() => unmarkLocked(session));
    } finally {
      await session.end();
    }
  };
  return { ...open, session: { ...session, end } };
}

/** Whether there can be another session. A database of PGlite has one, and what was handed over may be one. */
const hasOthers = (target: DatabaseTarget): boolean => typeof target === "string" && !isEmbeddedUrl(target);

/** The session of the lock, in which a stop ends what is running. Only another session can ask the server for that. */
async function makeCancellable(
  connection: Connection,
  { target, reach, signal }: { readonly target: DatabaseTarget; readonly reach: Reach; readonly signal: StopSignal },
): Promise<Connection> {
  if (!hasOthers(target)) return connection;
  const [row = {}] = await connection.query("SELECT pg_backend_pid()::text AS pid");
  const pid = readText(row, "pid");
  return cancelOnStop(connection, signal, async () => {
    const other = await connect(target, reach);
    try {
      await other.query("SELECT pg_cancel_backend($1::integer)", [pid]);
    } finally {
      await other.close();
    }
  });
}

/**
 * Takes the lock that keeps two runs on one database apart: an advisory lock of the very session that does the work. A server goes on executing what a killed
 * client has sent; lock and statement end together, so that the next run cannot get in between. A database of PGlite has one session, which is the lock.
 *
 * The lock is polled for. A session that waits in `pg_advisory_lock` has a transaction open, and `CREATE INDEX CONCURRENTLY` waits for all of those, that of
 * the run that waits for it too. https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADVISORY-LOCKS
 *
 * @param timeout milliseconds; 0 tries once
 * @throws LockError (heldByAnotherRun), ConnectionError when the database cannot be reached
 */
export async function acquireLock(
  target: DatabaseTarget,
  timeout: number,
  { versionTable = "limbeck_version", onWait, signal, ...reach }: LockOptions = {},
): Promise<Lock> {
  const wait = { timeout, signal, ...(onWait && { onWait }) };
  const open = await openLocked(target, { ...reach, busyTimeout: timeout, wait }, wait);
  const connection = await setUp(open, reach);
  let release: () => Promise<void>;
  let work: Connection = connection;
  try {
    const key = await takeAdvisoryLock(connection, versionTable, wait);
    release = async () => {
      // The server lets go of the lock when the session ends; one that lives on has to say so.
      try {
        if (open.isBorrowed) await tidyUp(() => unlock(connection, key));
      } finally {
        await connection.close();
      }
    };
    if (!open.isBorrowed) await watchClient(connection);
    if (!open.isBorrowed && signal) work = await makeCancellable(connection, { target, reach, signal });
    // One session, so one memory of its plans, however often a command asks for it.
    if (!open.isBorrowed) work = keepPlans(work);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return {
    connect: () => Promise.resolve(lend(work)),
    ...(hasOthers(target) && { connectBeside: () => connect(target, { ...reach, onNotice: () => undefined }) }),
    erase: () => eraseSchema(connection),
    release,
  };
}
