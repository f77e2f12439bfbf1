/** The kinds of server that some exercises need. */
export type ServerEngine = "postgres" | "mariadb";

/** What an exercise plays on: a SQLite file, which needs nothing, or a database on a server. */
export type Engine = "sqlite" | ServerEngine;

/** How a server is spoken of, named and had. */
export interface ServerKind {
  readonly title: string;
  /** The variable that names the server; a user who may create databases is in it. */
  readonly variable: string;
  /** One that is at home on this machine. */
  readonly example: string;
  /** A command that starts one for a while. */
  readonly container: string;
}

/** The servers, in the order in which they are asked for. */
export const SERVER_KINDS: Readonly<Record<ServerEngine, ServerKind>> = {
  postgres: {
    title: "PostgreSQL",
    variable: "LIMBECK_POSTGRES_URL",
    example: "postgres://postgres@127.0.0.1:5432/postgres",
    container: "docker run --rm -d -p 127.0.0.1:5432:5432 -e POSTGRES_HOST_AUTH_METHOD=trust postgres",
  },
  mariadb: {
    title: "MariaDB",
    variable: "LIMBECK_MARIADB_URL",
    example: "mariadb://root@127.0.0.1:3306/mysql",
    container: "docker run --rm -d -p 127.0.0.1:3306:3306 -e MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1 mariadb",
  },
};

/** The kinds of server that there are. */
export const SERVER_ENGINES: readonly ServerEngine[] = ["postgres", "mariadb"];

/** All of them, the one that needs nothing first. */
export const ENGINES: readonly Engine[] = ["sqlite", ...SERVER_ENGINES];

/** Whether the environment names a server of the kind. */
export const isNamed = (engine: ServerEngine, env: Readonly<Record<string, string | undefined>>): boolean =>
  Boolean(env[SERVER_KINDS[engine].variable]);

/** The name of an engine, for people. */
export const titleOf = (engine: Engine): string => (engine === "sqlite" ? "SQLite" : SERVER_KINDS[engine].title);
