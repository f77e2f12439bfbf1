import { createHash } from "node:crypto";
import type { Connection } from "../../../dialect/connection.ts";
import type { DatabaseTarget, Lock, LockOptions } from "../../../dialect/dialect.ts";
import { waitFor } from "../../../dialect/wait-for.ts";
import { describeWait, lockErrors } from "../../../kernel/errors/lock-errors.ts";
import { connect } from "./connect.ts";
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

/** Who holds the lock; what the server shows only to those with the right to see it stays out. */
async function describeHolder(
  connection: Connection,
  lock: string,
): Promise<{ readonly holder: string; readonly since: string }> {
  const [row] = await connection.query(
    `SELECT CAST(held.id AS CHAR) AS id, p.USER AS user, p.HOST AS host
    FROM (SELECT IS_USED_LOCK(?) AS id) AS held LEFT JOIN information_schema.PROCESSLIST AS p ON p.ID = held.id
    WHERE held.id IS NOT NULL`,
    [lock],
  );
  if (!row) return { holder: "", since: "" };
  const words = [
    `server connection ${readText(row, "id")}`,
    ...(readText(row, "user") === "" ? [] : [`user ${readText(row, "user")}`]),
    ...(readText(row, "host") === "" ? [] : [`from ${readText(row, "host")}`]),
  ];
  return { holder: words.join(", "), since: "" };
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

/**
 * Takes the lock that keeps two runs on one database apart: a named lock of the very session that does the work, which outlives the commits of single
 * statements. A server goes on executing what a killed client has sent; lock and statement end together, so that the next run cannot get in between. In a
 * cluster of several servers it keeps apart only the runs on one of them.
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
  try {
    name = nameLock(await readDatabase(connection), versionTable);
    const describeHeld = async () => ({
      database: connection.description,
      ...(await describeHolder(connection, name)),
    });
    const tell = (): void =>
      void describeHeld().then(
        (held) => onWait?.(describeWait(held)),
        () => undefined,
      );
    const { outcome, waited } = await waitFor(() => tryToLock(connection, name), { timeout, signal, onWait: tell });
    if (outcome === "stopped") throw lockErrors.stoppedWaiting({ reason: describeWait(await describeHeld()) });
    if (outcome === "timedOut") throw lockErrors.heldByAnotherRun({ ...(await describeHeld()), waited });
  } catch (error) {
    await connection.close();
    throw error;
  }
  return {
    connect: () => Promise.resolve(lend(connection)),
    // What was handed over may be the only session.
    ...(typeof target === "string" && { connectBeside: () => connect(target, reach) }),
    erase: () => eraseDatabase(connection),
    release: async () => {
      // The server lets go of the lock when the session ends, but not every session ends here.
      await releaseLock(connection, name).catch(() => undefined);
      await connection.close();
    },
  };
}
