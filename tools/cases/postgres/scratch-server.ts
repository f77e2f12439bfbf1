import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The server that pairs run on. */
const SERVER = process.env["LIMBECK_POSTGRES_URL"] ?? "postgres://postgres@127.0.0.1:5432";

const urlOf = (database: string): string => {
  const url = new URL(SERVER);
  url.pathname = `/${database}`;
  return url.href;
};

/** A database of its own on the server, reached with the server's own programs. */
export interface OwnDatabase {
  readonly url: string;
  /** Runs a script with `psql`, which stops at the first error. */
  readonly load: (sql: string) => Promise<void>;
  /** What `pg_dump` says of the schema, without owners and rights. */
  readonly dump: () => Promise<string>;
  readonly drop: () => Promise<void>;
}

async function runPsql(url: string, sql: string): Promise<void> {
  const child = run("psql", ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", url]);
  child.child.stdin?.end(sql);
  await child;
}

/** Creates an empty database; whoever asks for it drops it. */
export async function createOwnDatabase(): Promise<OwnDatabase> {
  const name = `limbeck_case_${randomBytes(6).toString("hex")}`;
  const url = urlOf(name);
  const maintenance = urlOf("postgres");
  await runPsql(maintenance, `CREATE DATABASE "${name}" TEMPLATE template0`);
  return {
    url,
    load: (sql) => runPsql(url, sql),
    dump: async () => {
      const { stdout } = await run("pg_dump", ["--schema-only", "--no-owner", "--no-privileges", url]);
      return stdout;
    },
    drop: () => runPsql(maintenance, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
}
