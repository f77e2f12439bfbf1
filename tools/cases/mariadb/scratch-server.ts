import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import type { OwnDatabase, PairServer } from "../server/pair-server.ts";
import { KNOWN_DEVIATIONS } from "./known-deviations.ts";
import { normalizeDump } from "./normalize-dump.ts";

const run = promisify(execFile);

/** The server that pairs run on. */
const SERVER = process.env["LIMBECK_MARIADB_URL"] ?? "mariadb://root@127.0.0.1:3306/information_schema";

function listOptions(): readonly string[] {
  const { hostname, port, username, password, searchParams } = new URL(SERVER);
  const socket = searchParams.get("socket");
  return [
    "--no-defaults",
    ...(socket === null ? [`--host=${hostname}`, `--port=${port === "" ? "3306" : port}`] : [`--socket=${socket}`]),
    `--user=${username}`,
    ...(password === "" ? [] : [`--password=${decodeURIComponent(password)}`]),
    "--default-character-set=utf8mb4",
  ];
}

const urlOf = (database: string): string => {
  const url = new URL(SERVER);
  url.pathname = `/${database}`;
  return url.href;
};

async function runClient(sql: string, ...rest: readonly string[]): Promise<void> {
  const child = run("mariadb", [...listOptions(), ...rest]);
  child.child.stdin?.end(sql);
  await child;
}

/** Creates an empty database; whoever asks for it drops it. */
export async function createDatabase(): Promise<OwnDatabase> {
  const name = `limbeck_case_${randomBytes(6).toString("hex")}`;
  await runClient(`CREATE DATABASE \`${name}\``);
  return {
    url: urlOf(name),
    load: (sql) => runClient(sql, name),
    dump: async () => {
      const dumped = await run("mariadb-dump", [...listOptions(), "--no-data", "--routines", "--skip-comments", name]);
      return normalizeDump(dumped.stdout);
    },
    drop: () => runClient(`DROP DATABASE IF EXISTS \`${name}\``),
  };
}

/** MariaDB, reached with the server's own programs; judged by `mariadb-dump`. */
export const mariadbPairs: PairServer = {
  name: "mariadb",
  casesFile: "mariadb10.11",
  doNothing: "DROP TABLE IF EXISTS limbeck_nothing",
  createDatabase,
  knownDeviations: KNOWN_DEVIATIONS,
};
