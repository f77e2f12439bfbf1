import { randomBytes } from "node:crypto";
import { beforeAll, type TestContext } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { postgres } from "../../src/dialects/postgres/index.ts";

/** The server that tests create databases on. */
export const POSTGRES_URL: string =
  process.env["LIMBECK_POSTGRES_URL"] ?? "postgres://postgres@127.0.0.1:5432/postgres";

/** The URL of another database of a server. */
function postgresUrlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** A database of its own for a test. */
export interface PostgresDatabase {
  readonly name: string;
  readonly url: string;
  /** Runs a script on a connection beside the tool. */
  readonly run: (...statements: readonly string[]) => Promise<void>;
  readonly rows: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly drop: () => Promise<void>;
}

async function withConnection<Result>(url: string, use: (connection: Connection) => Promise<Result>): Promise<Result> {
  const connection = await postgres.connect(url);
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

/** Creates an empty database with a name that no other test has. */
export function createPostgresDatabase(...statements: readonly string[]): Promise<PostgresDatabase> {
  return createPostgresDatabaseOn(POSTGRES_URL, ...statements);
}

/** The same on a server of the test's own. */
export async function createPostgresDatabaseOn(
  serverUrl: string,
  ...statements: readonly string[]
): Promise<PostgresDatabase> {
  const name = `limbeck_test_${randomBytes(6).toString("hex")}`;
  const url = postgresUrlOf(serverUrl, name);
  await withConnection(serverUrl, (server) => server.execute(`CREATE DATABASE "${name}" TEMPLATE template0`));
  const run: PostgresDatabase["run"] = (...scripts) =>
    withConnection(url, async (connection) => {
      for (const script of scripts) {
        for (const { sql } of postgres.splitScript(script)) await connection.execute(sql);
      }
    });
  if (statements.length > 0) await run(...statements);
  return {
    name,
    url,
    run,
    rows: (sql) => withConnection(url, (connection) => connection.query(sql)),
    drop: () =>
      withConnection(serverUrl, async (server) => {
        await server.execute(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
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
    await withConnection(POSTGRES_URL, (server) => server.query("SELECT 1"));
    return undefined;
  } catch (error) {
    if (process.env["CI"] !== undefined) throw error;
    return `PostgreSQL was not tested: ${error instanceof Error ? error.message : String(error)} (set LIMBECK_POSTGRES_URL)`;
  }
}

/** To be called in a file of tests that need a server; what it gives is called first in each of them. */
export function requirePostgres(): (context: TestContext) => void {
  let obstacle: string | undefined;
  beforeAll(async () => {
    obstacle = await findObstacle();
    if (obstacle !== undefined) console.warn(obstacle);
  });
  return (context) => {
    if (obstacle !== undefined) context.skip(obstacle);
  };
}
