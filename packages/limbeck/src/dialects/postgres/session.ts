import type { Connection } from "../../dialect/connection.ts";
import type { SessionRules } from "../../dialect/dialect.ts";
import type { Statement } from "../../dialect/statement.ts";
import { readText } from "./driver/read-text.ts";
import { quoteText } from "./quote.ts";
import { SESSION_SETTINGS } from "./session-settings.ts";

/** Settings that change what names and values mean, or who runs statements; dumps begin with some of them. */
const SETTINGS: readonly string[] = [
  ...SESSION_SETTINGS.map(([name]) => name),
  "search_path",
  "role",
  "check_function_bodies",
  "client_min_messages",
  "row_security",
  "statement_timeout",
  "lock_timeout",
  "default_tablespace",
  "default_table_access_method",
  "session_replication_role",
];

async function readSettings(connection: Connection): Promise<ReadonlyMap<string, string>> {
  const names = SETTINGS.map(quoteText).join(", ");
  const rows = await connection.query(
    `SELECT name, coalesce(current_setting(name, true), '') AS value FROM unnest(ARRAY[${names}]) AS names (name)`,
  );
  return new Map(rows.map((row) => [readText(row, "name"), readText(row, "value")]));
}

async function hasTemporary(connection: Connection): Promise<boolean> {
  const rows = await connection.query("SELECT 1 FROM pg_class WHERE relnamespace = pg_my_temp_schema() LIMIT 1");
  return rows.length > 0;
}

/** A session keeps its settings and its temporary objects until it ends, whatever becomes of the transaction that made them. */
export const SESSION: SessionRules = {
  mayChange: (sql) => /\b(?:set|set_config|reset|discard|temp|temporary)\b/i.test(sql),
  async remember(connection) {
    const settings = await readSettings(connection);
    return async () => {
      const now = await readSettings(connection);
      const changed = [...settings].filter(([name, value]) => now.get(name) !== value);
      return [
        ...changed.map(([name, value]): Statement => ({
          sql: `SELECT set_config(${quoteText(name)}, ${quoteText(value)}, false)`,
        })),
        ...((await hasTemporary(connection)) ? [{ sql: "DISCARD TEMP" }] : []),
      ];
    };
  },
};
