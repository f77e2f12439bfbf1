import type { Connection } from "../../dialect/connection.ts";
import type { SessionRules } from "../../dialect/dialect.ts";
import type { Statement } from "../../dialect/statement.ts";
import { readText } from "./driver/read-text.ts";
import { quoteIdentifier, quoteText } from "./quote.ts";

/** Settings that change what names and values mean, or what the server checks; dumps begin with some of them. */
const SETTINGS: readonly string[] = [
  "time_zone",
  "sql_mode",
  "foreign_key_checks",
  "unique_checks",
  "autocommit",
  "character_set_client",
  "character_set_results",
  "collation_connection",
  "default_storage_engine",
  "lock_wait_timeout",
  "innodb_lock_wait_timeout",
  "sql_safe_updates",
];

/** Settings that one of the two servers does not have, each in a comment that only the other one reads. */
const OWN_SETTINGS = ["max_statement_time", "max_execution_time"] as const;

const cast = (name: string): string => `, CAST(@@${name} AS CHAR) AS ${name}`;

const READ = `SELECT DATABASE() AS \`database\`${SETTINGS.map(cast).join("")}
  /*M! ${cast("max_statement_time")} */ /*!50708 ${cast("max_execution_time")} */`;

const isNumber = (value: string): boolean => /^\d+(?:\.\d+)?$/.test(value);

/** A session keeps its settings until it ends, whatever becomes of the transaction that made them. Its temporary tables cannot be listed. */
export const SESSION: SessionRules = {
  mayChange: (sql) => /\b(?:set|use)\b/i.test(sql),
  async remember(connection: Connection) {
    const [before] = await connection.query(READ);
    return async () => {
      const [now] = await connection.query(READ);
      const changed = [...SETTINGS, ...OWN_SETTINGS].filter((name) => readText(before, name) !== readText(now, name));
      const database = readText(before, "database");
      return [
        ...(database === readText(now, "database") ? [] : [{ sql: `USE ${quoteIdentifier(database)}` }]),
        ...changed.map((name): Statement => {
          const value = readText(before, name);
          return { sql: `SET SESSION ${name} = ${isNumber(value) ? value : quoteText(value)}` };
        }),
      ];
    };
  },
};
