import type { Connection, Row } from "../../dialect/connection.ts";
import { shortenQuery, type LockHolder } from "../../kernel/lock-holder.ts";
import { readText } from "./driver/read-text.ts";

/** What is told of a session. It tells for how long it has done what it does now, on the clock of the observer. */
const TELL = `CAST(p.ID AS CHAR) AS session, p.USER AS user, p.HOST AS address, p.COMMAND AS command, LEFT(p.INFO, 1000) AS query,
  DATE_FORMAT(UTC_TIMESTAMP() - INTERVAL p.TIME SECOND, '%Y-%m-%dT%H:%i:%sZ') AS since`;

/** Whose row it is that a session waits for. https://mariadb.com/kb/en/information-schema-innodb_lock_waits-table/ */
const OF_ROWS = `SELECT DISTINCT ${TELL}
  FROM information_schema.INNODB_LOCK_WAITS AS w
  JOIN information_schema.INNODB_TRX AS waiting ON waiting.trx_id = w.requesting_trx_id
  JOIN information_schema.INNODB_TRX AS holding ON holding.trx_id = w.blocking_trx_id
  JOIN information_schema.PROCESSLIST AS p ON p.ID = holding.trx_mysql_thread_id
  WHERE waiting.trx_mysql_thread_id = ?`;

/** Whose table it is, where a plugin tells; the table is one that the statement names. https://mariadb.com/kb/en/metadata-lock-info-plugin/ */
const OF_DEFINITIONS = `SELECT DISTINCT ${TELL}
  FROM information_schema.PROCESSLIST AS own
  JOIN information_schema.METADATA_LOCK_INFO AS l ON l.THREAD_ID <> own.ID AND l.TABLE_NAME <> '' AND LOCATE(l.TABLE_NAME, own.INFO) > 0
  JOIN information_schema.PROCESSLIST AS p ON p.ID = l.THREAD_ID
  WHERE own.ID = ?`;

/** Sessions in the middle of something: one of them it is. */
const OF_ANYTHING = `SELECT ${TELL}
  FROM information_schema.PROCESSLIST AS p
  LEFT JOIN information_schema.INNODB_TRX AS t ON t.trx_mysql_thread_id = p.ID
  WHERE p.ID NOT IN (?, CONNECTION_ID()) AND p.USER NOT IN ('system user', 'event_scheduler')
    AND (t.trx_id IS NOT NULL OR p.COMMAND IN ('Query', 'Execute')) AND COALESCE(p.STATE, '') NOT LIKE 'Waiting for % lock'
  ORDER BY p.DB <=> DATABASE() DESC, p.TIME DESC`;

/** What the server calls a session that does nothing. */
const IDLE = "Sleep";

function toHolder(row: Row, isGuess: boolean): LockHolder {
  const session = readText(row, "session");
  const query = readText(row, "query");
  const command = readText(row, "command");
  return {
    session,
    user: readText(row, "user"),
    address: readText(row, "address"),
    state: command === IDLE ? "idle in a transaction" : "running",
    since: readText(row, "since"),
    ...(query === "" ? {} : { query: shortenQuery(query) }),
    end: `KILL ${session};`,
    ...(isGuess && { isGuess }),
  };
}

/** Not every server has the table, and not every user may read it. */
const tryQuery = (observer: Connection, sql: string, session: string): Promise<readonly Row[]> =>
  observer.query(sql, [Number(session)]).catch(() => []);

/** Who keeps a session waiting, as well as the server tells. */
export async function findHolders(observer: Connection, session: string): Promise<readonly LockHolder[]> {
  for (const sql of [OF_ROWS, OF_DEFINITIONS]) {
    const rows = await tryQuery(observer, sql, session);
    if (rows.length > 0) return rows.map((row) => toHolder(row, false));
  }
  return (await tryQuery(observer, OF_ANYTHING, session)).map((row) => toHolder(row, true));
}
