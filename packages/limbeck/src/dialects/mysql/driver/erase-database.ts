import type { Connection } from "../../../dialect/connection.ts";
import { quoteIdentifier } from "../quote.ts";
import { readText } from "./read-text.ts";

/** Everything in the current database that stands on its own: what belongs to a table goes with it. */
const OWN_OBJECTS = `
  SELECT CASE TABLE_TYPE WHEN 'VIEW' THEN 'VIEW' WHEN 'SEQUENCE' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind, TABLE_NAME AS name
  FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()
  UNION ALL
  SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()
  UNION ALL
  SELECT 'EVENT', EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()`;

/** Whether the current database holds anything. */
export async function isDatabaseEmpty(connection: Connection): Promise<boolean> {
  const rows = await connection.query(`SELECT 1 AS one FROM (${OWN_OBJECTS}) AS own LIMIT 1`);
  return rows.length === 0;
}

/** Packages are words of that mode alone. https://mariadb.com/kb/en/drop-package/ */
async function executeInOracleMode(connection: Connection, statement: string): Promise<void> {
  await connection.execute("SET @limbeck_sql_mode = @@sql_mode");
  await connection.execute("SET SESSION sql_mode = 'ORACLE'");
  try {
    await connection.execute(statement);
  } finally {
    await connection.execute("SET SESSION sql_mode = @limbeck_sql_mode");
  }
}

/**
 * Drops everything in the current database; the database itself and the rights on it stay.
 *
 * @param except a table that stays as well
 */
export async function eraseDatabase(connection: Connection, except?: string): Promise<void> {
  const all = await connection.query(OWN_OBJECTS);
  const objects = all.filter((row) => readText(row, "name") !== except);
  await connection.execute("SET SESSION foreign_key_checks = 0");
  try {
    for (const row of objects) {
      const [kind, name] = [readText(row, "kind"), readText(row, "name")];
      const statement = `DROP ${kind} IF EXISTS ${quoteIdentifier(name)}`;
      if (kind.startsWith("PACKAGE")) await executeInOracleMode(connection, statement);
      else await connection.execute(statement);
    }
  } finally {
    await connection.execute("SET SESSION foreign_key_checks = 1");
  }
}
