import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import type { OwnDatabase, PairServer } from "../server/pair-server.ts";
import { KNOWN_DEVIATIONS } from "./known-deviations.ts";
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

const NAME = String.raw`"[^"]+"|\w+`;
const GRANTEES = new RegExp(
  String.raw`\b(?:GRANT|REVOKE)\b[^;]*?\b(?:TO|FROM)\s+((?:${NAME})(?:\s*,\s*(?:${NAME}))*)`,
  "gi",
);
const POLICY_ROLES = new RegExp(
  String.raw`\b(?:CREATE|ALTER) POLICY\b[^;(]*?\bTO\s+((?:${NAME})(?:\s*,\s*(?:${NAME}))*)`,
  "gi",
);
const NO_ROLE = /^(?:public|current_user|session_user|current_role)$/i;

/** The roles that a script speaks of; those belong to the server, so that no script of a schema creates them. */
function listRoles(sql: string): readonly string[] {
  const lists = [GRANTEES, POLICY_ROLES].flatMap((pattern) => [...sql.matchAll(pattern)].map(([, list = ""]) => list));
  const roles = lists.flatMap((list) => list.split(",").map((role) => role.trim().replaceAll('"', "")));
  return [...new Set(roles)].filter((role) => !NO_ROLE.test(role));
}

/** Creates an empty database; whoever asks for it drops it. */
async function createDatabase(roles: Set<string>): Promise<OwnDatabase> {
  const name = `limbeck_case_${randomBytes(6).toString("hex")}`;
  const url = urlOf(name);
  const maintenance = urlOf("postgres");
  await runPsql(maintenance, `CREATE DATABASE "${name}" TEMPLATE template0`);
  return {
    url,
    load: async (sql) => {
      for (const role of listRoles(sql)) {
        // One that is there is left alone, and stays.
        const isNew = await runPsql(maintenance, `CREATE ROLE "${role}"`).then(
          () => true,
          () => false,
        );
        if (isNew) roles.add(role);
      }
      await runPsql(url, sql);
    },
    dump: async () => {
      const { stdout } = await run("pg_dump", ["--schema-only", "--no-owner", "--no-privileges", url]);
      return normalizeDump(stdout);
    },
    drop: async () => {
      await runPsql(maintenance, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    },
  };
}

/** PostgreSQL, reached with the server's own programs; judged by `pg_dump`. */
export function createPostgresPairs(): PairServer {
  // Pairs that run at the same time speak of the same ones.
  const roles = new Set<string>();
  return {
    name: "postgres",
    casesFile: "postgres15",
    doNothing: "COMMENT ON SCHEMA public IS NULL",
    knownDeviations: KNOWN_DEVIATIONS,
    createDatabase: () => createDatabase(roles),
    close: async () => {
      // Where another database speaks of one, it is needed.
      for (const role of roles) await runPsql(urlOf("postgres"), `DROP ROLE "${role}"`).catch(() => undefined);
    },
  };
}
