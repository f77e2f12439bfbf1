import { tmpdir } from "node:os";
import { createLimbeck, type Environment } from "limbeck/commands";

/** A session on a server. */
export type ServerConnection = Awaited<ReturnType<Environment["dialect"]["connect"]>>;

/** How a server is reached. */
export interface ServerAccess {
  /** A database on it that one can always go into. */
  readonly url: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The URL of another database of a server. */
export function urlOfDatabase({ url }: ServerAccess, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

/** Does work in a session, which ends with it. */
export async function withSession<Result>(
  { url, env }: ServerAccess,
  work: (connection: ServerConnection, dialect: Environment["dialect"]) => Promise<Result>,
): Promise<Result> {
  const config = { migrations: "migrations" };
  const { environment } = await createLimbeck({ cwd: tmpdir(), env, config, url });
  const connection = await environment.dialect.connect(environment.database);
  try {
    return await work(connection, environment.dialect);
  } finally {
    await connection.close();
  }
}

/** Runs the statements of a script on a database of a server. */
export async function runScript(access: ServerAccess, database: string, script: string): Promise<void> {
  await withSession({ ...access, url: urlOfDatabase(access, database) }, async (connection, dialect) => {
    for (const { sql } of dialect.splitScript(script)) await connection.execute(sql);
  });
}

/** The names that a query gives, in its column `name`. */
export async function listNames(connection: ServerConnection, query: string): Promise<readonly string[]> {
  return (await connection.query(query)).flatMap(({ name }) => {
    // MariaDB gives ids of sessions as numbers.
    if (typeof name === "number" || typeof name === "bigint") return [String(name)];
    return typeof name === "string" ? [name] : [];
  });
}

/** Rows as text, whatever is in them. */
export const writeRows = (rows: unknown): string =>
  JSON.stringify(rows, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
