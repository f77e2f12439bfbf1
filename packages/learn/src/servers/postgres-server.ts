import { requireOurs, type LabServer } from "./lab-server.ts";
import { listNames, runScript, urlOfDatabase, withSession, writeRows, type ServerAccess } from "./server-connection.ts";

const OWN_SCHEMAS = "NOT IN ('pg_catalog', 'information_schema')";

/** What the schema of a database looks like, in queries that say the same of a copy. */
const SCHEMA_QUERIES: readonly string[] = [
  `SELECT table_schema, table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, is_identity, generation_expression
     FROM information_schema.columns WHERE table_schema ${OWN_SCHEMAS} ORDER BY 1, 2, ordinal_position`,
  `SELECT conrelid::regclass::text AS of_table, conname, pg_get_constraintdef(c.oid) AS text
     FROM pg_constraint c JOIN pg_namespace n ON n.oid = connamespace WHERE nspname ${OWN_SCHEMAS} ORDER BY 1, 2`,
  `SELECT schemaname, indexname, indexdef FROM pg_indexes WHERE schemaname ${OWN_SCHEMAS} ORDER BY 1, 2`,
];

const TABLES = `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname ${OWN_SCHEMAS} ORDER BY 1`;

/** Whoever looks is not to stand in a queue behind a change, where the learner would not see why. */
const IMPATIENCE = "SET lock_timeout = '300ms'";

/** The databases of labs on a PostgreSQL server. */
export function createPostgresServer(access: ServerAccess): LabServer {
  const inside = (database: string): ServerAccess => ({ ...access, url: urlOfDatabase(access, requireOurs(database)) });
  const execute = async (...statements: readonly string[]): Promise<void> => {
    await withSession(access, async (connection) => {
      for (const statement of statements) await connection.execute(statement);
    });
  };
  return {
    urlOf: (database) => urlOfDatabase(access, requireOurs(database)),
    create: (database) => execute(`CREATE DATABASE "${requireOurs(database)}" TEMPLATE template0`),
    drop: (database) => execute(`DROP DATABASE IF EXISTS "${requireOurs(database)}" WITH (FORCE)`),
    isBusy: (database) =>
      withSession(access, async (connection) => {
        const query = `SELECT 1 FROM pg_stat_activity WHERE datname = '${requireOurs(database)}'`;
        return (await connection.query(query)).length > 0;
      }),
    copy: (from, to) =>
      withSession(access, async (connection) => {
        await connection.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${requireOurs(from)}'`,
        );
        await connection.execute(`CREATE DATABASE "${requireOurs(to)}" TEMPLATE "${from}"`);
      }),
    list: (prefix) =>
      withSession(access, async (connection) => {
        const like = requireOurs(prefix).replaceAll("_", String.raw`\_`);
        return listNames(connection, `SELECT datname AS name FROM pg_database WHERE datname LIKE '${like}%'`);
      }),
    fingerprint: (database) =>
      withSession(inside(database), async (connection) => {
        await connection.execute(IMPATIENCE);
        const parts: string[] = [];
        for (const query of SCHEMA_QUERIES) parts.push(writeRows(await connection.query(query)));
        for (const name of await listNames(connection, TABLES))
          parts.push(writeRows(await connection.query(`SELECT t::text AS r FROM ${name} t ORDER BY 1`)));
        return parts.join("\n");
      }).catch(() => undefined),
    run: (database, script) => runScript(access, requireOurs(database), script),
  };
}
