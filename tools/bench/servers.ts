import { spawnSync } from "node:child_process";

/** A server that databases are made on, with the words of its own client and of the tools that are compared. */
export interface Server {
  readonly name: string;
  readonly url: (database: string) => string;
  /** The client's program and options; it reads SQL from its input. */
  readonly client: (database: string) => readonly [program: string, ...args: readonly string[]];
  /** The options that make it read SQL from a file instead. */
  readonly readFile: (path: string) => readonly string[];
  /** The database that is there before any other. */
  readonly first: string;
  readonly sqlalchemyUrl: (database: string) => string;
  /** What imports in Python that a connection takes. */
  readonly pythonDriver: string;
  readonly drizzleDialect: string;
  readonly typeormType: string;
}

const POSTGRES = process.env["LIMBECK_POSTGRES_URL"] ?? "postgres://postgres@127.0.0.1:5432/postgres";
const MARIADB = process.env["LIMBECK_MARIADB_URL"] ?? "mariadb://root@127.0.0.1:3306/information_schema";

function changeUrl(url: string, database: string, scheme?: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return scheme === undefined ? changed.href : changed.href.replace(/^[a-z]+:/, `${scheme}:`);
}

/** The servers that the tests use too. */
export const SERVERS: readonly Server[] = [
  {
    name: "PostgreSQL",
    url: (database) => changeUrl(POSTGRES, database),
    // Without the compilation of queries, as in the tool's own sessions: with it the client takes twenty times as long.
    client: (database) => {
      const connection = changeUrl(POSTGRES, database);
      return ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", `${connection}?options=-c%20jit%3Doff`];
    },
    readFile: (path) => ["-f", path],
    first: new URL(POSTGRES).pathname.slice(1),
    sqlalchemyUrl: (database) => changeUrl(POSTGRES, database, "postgresql+psycopg2"),
    pythonDriver: "psycopg2",
    drizzleDialect: "postgresql",
    typeormType: "postgres",
  },
  {
    name: "MariaDB",
    url: (database) => changeUrl(MARIADB, database),
    client: (database) => {
      const { hostname, port, username, password } = new URL(MARIADB);
      const login = [`--user=${username}`, ...(password === "" ? [] : [`--password=${decodeURIComponent(password)}`])];
      return ["mariadb", "--no-defaults", `--host=${hostname}`, `--port=${port || "3306"}`, ...login, database];
    },
    readFile: (path) => ["-e", `source ${path}`],
    first: new URL(MARIADB).pathname.slice(1),
    sqlalchemyUrl: (database) => changeUrl(MARIADB, database, "mysql+pymysql"),
    pythonDriver: "pymysql",
    drizzleDialect: "mysql",
    typeormType: "mariadb",
  },
];

/** Runs SQL with the server's own client. @throws Error when it fails */
export function runClient(server: Server, database: string, sql: string): void {
  const [program, ...args] = server.client(database);
  const { status, stderr, error } = spawnSync(program, args, {
    input: sql,
    encoding: "utf8",
    stdio: ["pipe", "ignore", "pipe"],
  });
  if (status !== 0) throw new Error(`${program}: ${error?.message ?? stderr}`);
}

/** Whether a server answers its own client. */
export function isReachable(server: Server): boolean {
  try {
    runClient(server, server.first, "SELECT 1;");
    return true;
  } catch {
    return false;
  }
}
