import type { Connection } from "../../dialect/connection.ts";
import type { SessionRules } from "../../dialect/dialect.ts";
import type { Statement } from "../../dialect/statement.ts";
import { readText } from "./introspect/read-catalogue.ts";
import { quoteIdentifier } from "./quote.ts";

/** Settings of a connection that change what statements mean, or whether they may run. https://www.sqlite.org/pragma.html */
const SETTINGS = [
  "automatic_index",
  "cell_size_check",
  "foreign_keys",
  "full_column_names",
  "ignore_check_constraints",
  "legacy_alter_table",
  "query_only",
  "recursive_triggers",
  "reverse_unordered_selects",
  "short_column_names",
  "trusted_schema",
  "writable_schema",
] as const;

type Settings = ReadonlyMap<string, string>;

async function readSettings(connection: Connection): Promise<Settings> {
  const settings = new Map<string, string>();
  for (const name of SETTINGS) {
    const [row] = await connection.query(`PRAGMA ${name}`);
    if (row) settings.set(name, JSON.stringify(Object.values(row)[0]));
  }
  // The one setting that cannot be asked for, only tried.
  const [like] = await connection.query("SELECT CAST(NOT ('a' LIKE 'A') AS TEXT) AS is_strict");
  return settings.set("case_sensitive_like", like ? readText(like, "is_strict") : "0");
}

/** Virtual tables before others: each takes the tables along that it keeps its data in. */
const TEMPORARY = String.raw`SELECT type, name FROM sqlite_temp_schema WHERE type IN ('trigger', 'view', 'table') AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
  ORDER BY type = 'trigger' DESC, type = 'view' DESC, sql LIKE 'CREATE VIRTUAL TABLE %' DESC`;

/** The statements that drop what is temporary. */
async function listTemporary(connection: Connection): Promise<readonly string[]> {
  const rows = await connection.query(TEMPORARY);
  return rows.map(
    (row) => `DROP ${readText(row, "type").toUpperCase()} IF EXISTS temp.${quoteIdentifier(readText(row, "name"))}`,
  );
}

/** The statements that detach what is attached. https://www.sqlite.org/lang_attach.html */
async function listAttached(connection: Connection): Promise<readonly string[]> {
  const rows = await connection.query("SELECT name FROM pragma_database_list WHERE name NOT IN ('main', 'temp')");
  return rows.map((row) => `DETACH ${quoteIdentifier(readText(row, "name"))}`);
}

const isMissingIn =
  (list: readonly string[]) =>
  (one: string): boolean =>
    !list.includes(one);

/** A connection to SQLite keeps its settings, its temporary objects and what was attached to it until it is closed. */
export const SESSION: SessionRules = {
  mayChange: (sql) => /\b(?:pragma|temp|temporary|attach|detach)\b/i.test(sql),
  async remember(connection) {
    const [settings, temporary, attached] = [
      await readSettings(connection),
      await listTemporary(connection),
      await listAttached(connection),
    ];
    return async () => {
      const now = await readSettings(connection);
      const statements = [
        // First of all, because what follows writes.
        ...[...settings].flatMap(([name, value]) => (now.get(name) === value ? [] : `PRAGMA ${name}=${value}`)),
        ...(await listTemporary(connection)).filter(isMissingIn(temporary)),
        ...(await listAttached(connection)).filter(isMissingIn(attached)),
      ];
      return statements.map((sql): Statement => ({ sql }));
    };
  },
};
