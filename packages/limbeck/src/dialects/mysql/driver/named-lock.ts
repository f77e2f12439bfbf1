import type { Connection } from "../../../dialect/connection.ts";

/**
 * Tries to take a lock of the server by its name; it is the session's until that ends. Whose it is already does not get it again: two runs may share a session
 * that was handed over. https://mariadb.com/kb/en/get_lock/
 */
export async function tryToLock(connection: Connection, name: string): Promise<boolean> {
  const [row] = await connection.query("SELECT IF(IS_USED_LOCK(?) = CONNECTION_ID(), 0, GET_LOCK(?, 0)) AS taken", [
    name,
    name,
  ]);
  return Number(row?.["taken"] ?? 0) === 1;
}

/** Lets go of a lock before the session ends. */
export async function releaseLock(connection: Connection, name: string): Promise<void> {
  await connection.execute("DO RELEASE_LOCK(?)", [name]);
}
