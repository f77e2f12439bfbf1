import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import type { OwnDatabase, PairServer } from "../server/pair-server.ts";
import { normalizeDump } from "./normalize-dump.ts";

const run = promisify(execFile);

/** The server that pairs run on. */
const SERVER = process.env["LIMBECK_POSTGRES_URL"] ?? "postgres://postgres@127.0.0.1:5432";

const urlOf = (database: string): string => {
  const url = new URL(SERVER);
  url.pathname = `/${database}`;
  return url.href;
};

async function runPsql(url: string, sql: string): Promise<void> {
  const child = run("psql", ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", url]);
  child.child.stdin?.end(sql);
  await child;
}

async function createDatabase(): Promise<OwnDatabase> {
  const name = `limbeck_case_${randomBytes(6).toString("hex")}`;
  const url = urlOf(name);
  const maintenance = urlOf("postgres");
  await runPsql(maintenance, `CREATE DATABASE "${name}" TEMPLATE template0`);
  return {
    url,
    load: (sql) => runPsql(url, sql),
    dump: async () => {
      const { stdout } = await run("pg_dump", ["--schema-only", "--no-owner", "--no-privileges", url]);
      return normalizeDump(stdout);
    },
    drop: () => runPsql(maintenance, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
}

/** PostgreSQL, reached with the server's own programs; judged by `pg_dump`. */
export const postgresPairs: PairServer = {
  name: "postgres",
  casesFile: "postgres15",
  doNothing: "COMMENT ON SCHEMA public IS NULL",
  createDatabase,
};
