import type { Connection } from "../../../dialect/connection.ts";

/** Tries to take a lock of the server by its name; it is the session's until that ends. https://mariadb.com/kb/en/get_lock/ */
export async function tryToLock(connection: Connection, name: string): Promise<boolean> {
  const [row] = await connection.query("SELECT GET_LOCK(?, 0) AS taken", [name]);
  return Number(row?.["taken"] ?? 0) === 1;
}
