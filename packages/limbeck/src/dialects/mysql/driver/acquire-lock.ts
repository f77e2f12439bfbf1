import { createHash } from "node:crypto";
import type { Connection } from "../../../dialect/connection.ts";
import type { DatabaseTarget, Lock, LockOptions, Reach } from "../../../dialect/dialect.ts";
import { waitFor } from "../../../dialect/wait-for.ts";
import { ConnectionError } from "../../../kernel/errors/connection-errors.ts";
import { describeWait, lockErrors } from "../../../kernel/errors/lock-errors.ts";
import { UNKNOWN_HOLDER, type RunHolder } from "../../../kernel/run-holder.ts";
import type { Lease } from "../cluster/lease.ts";
import { LockTable, nameLockTable } from "../cluster/lock-row.ts";
import { readClusterServer } from "../cluster/read-server.ts";
import { openLeaseTaker, type LeaseTaker } from "../cluster/take-lease.ts";
import { connect, connectBeside } from "./connect.ts";
import { eraseDatabase } from "./erase-database.ts";
import { releaseLock, tryToLock } from "./named-lock.ts";
import { readText } from "./read-text.ts";

/** Locks belong to the whole server, and their names may have 64 characters. */
function nameLock(database: string, versionTable: string): string {
  return `limbeck_${createHash("sha256").update(`${database}.${versionTable}`).digest("hex").slice(0, 40)}`;
}

async function readDatabase(connection: Connection): Promise<string> {
  const [row] = await connection.query("SELECT DATABASE() AS name");
  return readText(row, "name");
}

/** Who holds the lock, undefined where nobody does; what the server shows only to those with the right to see it stays out. */
async function findHolder(connection: Connection, lock: string): Promise<RunHolder | undefined> {
  const [row] = await connection.query(
    `SELECT CAST(held.id AS CHAR) AS id, p.USER AS user, p.HOST AS host
    FROM (SELECT IS_USED_LOCK(?) AS id) AS held LEFT JOIN information_schema.PROCESSLIST AS p ON p.ID = held.id
    WHERE held.id IS NOT NULL`,
    [lock],
  );
  if (!row) return undefined;
  const words = [
    `server connection ${readText(row, "id")}`,
    ...(readText(row, "user") === "" ? [] : [`user ${readText(row, "user")}`]),
    ...(readText(row, "host") === "" ? [] : [`from ${readText(row, "host")}`]),
  ];
  return { holder: words.join(", "), since: "" };
}

/**
 * The run that has the lock; undefined where none has it. The row of a cluster counts while it is there: whether its holder on another server is dead shows only to
 * who watches it for a while.
 */
export async function findRun(
  connection: Connection,
  _target: DatabaseTarget,
  versionTable: string,
): Promise<RunHolder | undefined> {
  const named = await findHolder(connection, nameLock(await readDatabase(connection), versionTable));
  const server = await readClusterServer(connection);
  if (server === undefined) return named;
  const row = await new LockTable(versionTable).readIfAllowed(connection);
  return !row || (server !== "" && row.server === server) ? named : { holder: row.holder, since: row.since };
}

/** The session of the lock as one that a command may close: the lock stays until it is released. */
function lend(connection: Connection, lease: Lease | undefined): Connection {
  const { serverVersion, description } = connection;
  const require = (): Promise<void> => lease?.require(description) ?? Promise.resolve();
  return {
    serverVersion,
    description,
    execute: (sql, parameters) => require().then(() => connection.execute(sql, parameters)),
    query: (sql, parameters) => require().then(() => connection.query(sql, parameters)),
    close: () => Promise.resolve(),
  };
}

/** Opens a second session. @throws LockError (needsAnotherSession) where there can be none */
function openBeside(target: DatabaseTarget, reach: Reach): Promise<Connection> {
  return connectBeside(target, reach).catch((error: unknown) => {
    const isImpossible = error instanceof ConnectionError && error.reason === "scratchNowhere";
    throw isImpossible ? lockErrors.needsAnotherSession({}) : error;
  });
}

/** How the lock of a session is taken. */
interface LockWait extends Pick<LockOptions, "onWait" | "signal"> {
  readonly name: string;
  readonly timeout: number;
  /** Where the server is one of several that take changes. */
  readonly taker: LeaseTaker | undefined;
}

/** @throws LockError (heldByAnotherRun, stoppedWaiting) */
async function waitForLock(connection: Connection, { name, timeout, taker, onWait, signal }: LockWait): Promise<void> {
  const describeHeld = async () => ({
    database: connection.description,
    ...(taker?.findHolder() ?? (await findHolder(connection, name)) ?? UNKNOWN_HOLDER),
  });
  const tell = (): void =>
    void describeHeld().then(
      (held) => onWait?.(describeWait(held)),
      () => undefined,
    );
  let isNamed = false;
  const attempt = async (): Promise<boolean> => {
    isNamed ||= await tryToLock(connection, name);
    return isNamed && (taker === undefined || taker.attempt());
  };
  let isTaken = false;
  try {
    const { outcome, waited } = await waitFor(attempt, { timeout, signal, onWait: tell });
    isTaken = outcome === "done";
    if (isTaken) return;
    const held = await describeHeld();
    if (outcome === "stopped") throw lockErrors.stoppedWaiting({ reason: describeWait(held) });
    throw lockErrors.heldByAnotherRun({ ...held, waited });
  } finally {
    // A session that was handed over lives on.
    if (isNamed && !isTaken) await releaseLock(connection, name).catch(() => undefined);
  }
}

/**
 * Takes the lock that keeps two runs on one database apart: a named lock of the very session that does the work, which outlives the commits of single
 * statements. A server goes on executing what a killed client has sent; lock and statement end together, so that the next run cannot get in between. In a
 * Galera cluster that keeps apart only the runs on one server; there the lock is a row as well, which lasts as long as its holder shows that it lives.
 *
 * @param timeout milliseconds; 0 tries once
 * @throws LockError (heldByAnotherRun), ConnectionError when the database cannot be reached
 */
export async function acquireLock(
  target: DatabaseTarget,
  timeout: number,
  { versionTable = "limbeck_version", onWait, signal, ...reach }: LockOptions = {},
): Promise<Lock> {
  const connection = await connect(target, reach);
  let name = "";
  let lease: Lease | undefined;
  let taker: LeaseTaker | undefined;
  try {
    name = nameLock(await readDatabase(connection), versionTable);
    const server = await readClusterServer(connection);
    const table = new LockTable(versionTable);
    const open = (): Promise<Connection> => openBeside(target, reach);
    if (server !== undefined) taker = await openLeaseTaker({ connection, server, table, open });
    await waitForLock(connection, { name, timeout, taker, signal, ...(onWait && { onWait }) });
    lease = taker?.keep();
  } catch (error) {
    await taker?.close();
    await connection.close();
    throw error;
  }
  return {
    connect: () => Promise.resolve(lend(connection, lease)),
    // What was handed over may be the only session.
    ...(typeof target === "string" && { connectBeside: () => connect(target, reach) }),
    erase: () => eraseDatabase(connection, lease && nameLockTable(versionTable)),
    release: async () => {
      await lease?.end();
      // The server lets go of the lock when the session ends, but not every session ends here.
      await releaseLock(connection, name).catch(() => undefined);
      await connection.close();
    },
  };
}
