import type { Connection } from "../../../dialect/connection.ts";
import { ERROR_NUMBERS, findErrorNumber } from "../database-errors.ts";
import { readText } from "../driver/read-text.ts";

/** Whether several servers have the data and any of them takes changes. https://mariadb.com/kb/en/galera-cluster-system-variables/#wsrep_on */
async function isClustered(connection: Connection): Promise<boolean> {
  try {
    const [row] = await connection.query("SELECT IF(@@GLOBAL.wsrep_on, 1, 0) AS is_on");
    return Number(row?.["is_on"]) === 1;
  } catch (error) {
    if (findErrorNumber(error) === ERROR_NUMBERS.unknownVariable) return false;
    throw error;
  }
}

/** What a server of a Galera cluster is called in it, until it is started again; undefined for one that is in none. */
export async function readClusterServer(connection: Connection): Promise<string | undefined> {
  if (!(await isClustered(connection))) return undefined;
  const [row] = await connection.query("SHOW GLOBAL STATUS LIKE 'wsrep_gcomm_uuid'");
  return readText(row, "Value");
}
