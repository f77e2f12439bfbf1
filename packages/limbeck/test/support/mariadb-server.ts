import { randomBytes } from "node:crypto";
import { beforeAll, type TestContext } from "vitest";
import type { Connection, Row } from "../../src/dialect/connection.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";

/** The server that tests create databases on. */
export const MARIADB_URL: string =
  process.env["LIMBECK_MARIADB_URL"] ?? "mariadb://root@127.0.0.1:3306/information_schema";

/** The URL of another database of that server. */
function mariadbUrlOf(database: string): string {
  const url = new URL(MARIADB_URL);
  url.pathname = `/${database}`;
  return url.href;
}

/** The options with which the server's own programs reach it. */
export function mariadbClientOptions(url: string): readonly string[] {
  const { hostname, port, username, password, searchParams } = new URL(url);
  const socket = searchParams.get("socket");
  return [
    "--no-defaults",
    ...(socket === null ? [`--host=${hostname}`, `--port=${port === "" ? "3306" : port}`] : [`--socket=${socket}`]),
    `--user=${username}`,
    ...(password === "" ? [] : [`--password=${decodeURIComponent(password)}`]),
    "--default-character-set=utf8mb4",
  ];
}

/** A database of its own for a test. */
export interface MariadbDatabase {
  readonly name: string;
  readonly url: string;
  /** Runs a script on a connection beside the tool. */
  readonly run: (...statements: readonly string[]) => Promise<void>;
  readonly rows: (sql: string) => Promise<readonly Row[]>;
  readonly drop: () => Promise<void>;
}

async function withConnection<Result>(url: string, use: (connection: Connection) => Promise<Result>): Promise<Result> {
  const connection = await mysql.connect(url);
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

/** Creates an empty database with a name that no other test has. */
export async function createMariadbDatabase(...statements: readonly string[]): Promise<MariadbDatabase> {
  const name = `limbeck_test_${randomBytes(6).toString("hex")}`;
  const url = mariadbUrlOf(name);
  await withConnection(MARIADB_URL, (server) => server.execute(`CREATE DATABASE \`${name}\``));
  const run: MariadbDatabase["run"] = (...scripts) =>
    withConnection(url, async (connection) => {
      for (const script of scripts) {
        for (const { sql } of mysql.splitScript(script)) await connection.execute(sql);
      }
    });
  if (statements.length > 0) await run(...statements);
  return {
    name,
    url,
    run,
    rows: (sql) => withConnection(url, (connection) => connection.query(sql)),
    drop: () =>
      withConnection(MARIADB_URL, async (server) => {
        await server.execute(`DROP DATABASE IF EXISTS \`${name}\``);
      }),
  };
}

/**
 * Why no server can be used; undefined when one can. Where everything has to be tested, with CI set, a server that is missing is a failure.
 *
 * @throws Error in CI when there is none
 */
async function findObstacle(): Promise<string | undefined> {
  try {
    await withConnection(MARIADB_URL, (server) => server.query("SELECT 1"));
    return undefined;
  } catch (error) {
    if (process.env["CI"] !== undefined) throw error;
    return `MariaDB was not tested: ${error instanceof Error ? error.message : String(error)} (set LIMBECK_MARIADB_URL)`;
  }
}

/** To be called in a file of tests that need a server; what it gives is called first in each of them. */
export function requireMariadb(): (context: TestContext) => void {
  let obstacle: string | undefined;
  beforeAll(async () => {
    obstacle = await findObstacle();
    if (obstacle !== undefined) console.warn(obstacle);
  });
  return (context) => {
    if (obstacle !== undefined) context.skip(obstacle);
  };
}
