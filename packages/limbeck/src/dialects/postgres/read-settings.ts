import type { Connection } from "../../dialect/connection.ts";

/**
 * Everything of a server and a database that changes how statements are understood and how what they make is written down: defaults of sessions, limits that
 * were compiled in, encoding and collation, the search path, the extensions there are. https://www.postgresql.org/docs/current/view-pg-settings.html
 */
export async function readSettings(connection: Connection): Promise<string> {
  const rows = await connection.query(
    `SELECT json_build_array(
      (SELECT json_agg(name || '=' || setting ORDER BY name) FROM pg_settings
        WHERE (category LIKE 'Client Connection Defaults%' OR category LIKE 'Version and Platform Compatibility%' OR category LIKE 'Preset Options%')
          AND name NOT LIKE 'transaction%' AND name <> 'default_transaction_read_only'),
      (SELECT json_build_array(pg_encoding_to_char(encoding), datcollate, datctype) FROM pg_database WHERE datname = current_database()),
      current_schemas(false),
      (SELECT json_agg(name || ' ' || coalesce(default_version, '') ORDER BY name) FROM pg_available_extensions)
    )::text AS settings`,
  );
  return JSON.stringify(rows);
}
