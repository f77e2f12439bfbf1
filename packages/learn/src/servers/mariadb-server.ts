import { requireOurs, type LabServer } from "./lab-server.ts";
import {
  listNames,
  runScript,
  urlOfDatabase,
  withSession,
  writeRows,
  type ServerAccess,
  type ServerConnection,
} from "./server-connection.ts";

const tablesOf = (database: string): string =>
  `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = '${database}' AND table_type = 'BASE TABLE' ORDER BY 1`;

const writableColumnsOf = (database: string, table: string): string =>
  `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = '${database}' AND table_name = '${table}'
     AND COALESCE(generation_expression, '') = '' ORDER BY ordinal_position`;

const quote = (name: string): string => `\`${name.replaceAll("`", "``")}\``;

async function readTableText(connection: ServerConnection, database: string, table: string): Promise<string> {
  const [row] = await connection.query(`SHOW CREATE TABLE ${quote(database)}.${quote(table)}`);
  const text = row?.["Create Table"];
  return typeof text === "string" ? text : "";
}

/** A server of this kind copies no database, so its tables are made anew, one by one. */
async function copyTables(connection: ServerConnection, from: string, to: string): Promise<void> {
  await connection.execute("SET foreign_key_checks = 0");
  await connection.execute("SET sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO')");
  for (const table of await listNames(connection, tablesOf(from))) {
    await connection.execute(await readTableText(connection, from, table));
    const columns = (await listNames(connection, writableColumnsOf(from, table))).map(quote).join(", ");
    const [source, target] = [from, to].map((database) => `${quote(database)}.${quote(table)}`);
    await connection.execute(`INSERT INTO ${target} (${columns}) SELECT ${columns} FROM ${source}`);
  }
}

/** Whoever looks is not to stand in a queue behind a change, where the learner would not see why. */
const IMPATIENCE = "SET lock_wait_timeout = 1, innodb_lock_wait_timeout = 1";

/** The databases of labs on a MariaDB server. */
export function createMariadbServer(access: ServerAccess): LabServer {
  const inside = (database: string): ServerAccess => ({ ...access, url: urlOfDatabase(access, requireOurs(database)) });
  const sessionsIn = (connection: ServerConnection, database: string): Promise<readonly string[]> =>
    listNames(
      connection,
      `SELECT id AS name FROM information_schema.processlist WHERE db = '${requireOurs(database)}' AND id <> CONNECTION_ID()`,
    );
  return {
    urlOf: (database) => urlOfDatabase(access, requireOurs(database)),
    create: (database) =>
      withSession(access, async (connection) => {
        await connection.execute(`CREATE DATABASE ${quote(requireOurs(database))} CHARACTER SET utf8mb4`);
      }),
    drop: (database) =>
      withSession(access, async (connection) => {
        // A session that has ended meanwhile cannot be ended.
        for (const id of await sessionsIn(connection, database))
          await connection.execute(`KILL ${id}`).catch(() => undefined);
        await connection.execute(`DROP DATABASE IF EXISTS ${quote(requireOurs(database))}`);
      }),
    isBusy: (database) =>
      withSession(access, async (connection) => (await sessionsIn(connection, database)).length > 0),
    copy: async (from, to) => {
      await withSession(access, async (connection) => {
        await connection.execute(`CREATE DATABASE ${quote(requireOurs(to))} CHARACTER SET utf8mb4`);
      });
      await withSession(inside(to), (connection) => copyTables(connection, requireOurs(from), to));
    },
    list: (prefix) =>
      withSession(access, (connection) => {
        const like = requireOurs(prefix).replaceAll("_", String.raw`\_`);
        return listNames(
          connection,
          `SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name LIKE '${like}%'`,
        );
      }),
    fingerprint: (database) =>
      withSession(inside(database), async (connection) => {
        await connection.execute(IMPATIENCE);
        const parts: string[] = [];
        for (const table of await listNames(connection, tablesOf(database))) {
          parts.push(await readTableText(connection, database, table));
          parts.push(writeRows(await connection.query(`SELECT * FROM ${quote(table)}`)));
        }
        return parts.join("\n");
      }).catch(() => undefined),
    run: (database, script) => runScript(access, requireOurs(database), script),
  };
}
