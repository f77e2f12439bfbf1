import type { Duplex } from "node:stream";
import { reachErrors } from "../../../kernel/errors/reach-errors.ts";
import { loadPackage } from "../../../dialect/load-package.ts";
import { countChanges, type DriverResult, type DriverSession, type SessionRequest } from "./driver.ts";
import { passNotice } from "./pass-notice.ts";

const NAME = "postgres";

/** The part of postgres.js that is used here. https://github.com/porsager/postgres */
export interface PostgresJsSql {
  unsafe(text: string, values: readonly unknown[], options: PostgresJsQueryOptions): PostgresJsQuery;
  /** A value that is sent as one of a type, by its OID. */
  typed(value: string, type: number): unknown;
}

interface PostgresJsQueryOptions {
  readonly prepare: false;
  /** The server then takes one statement only, also where no value is bound. */
  readonly simple: false;
}

interface PostgresJsQuery {
  /** Rows as lists of what came over the wire, whatever parsers and transformations there are. */
  raw(): Promise<PostgresJsResult>;
}

interface PostgresJsResult extends ReadonlyArray<readonly (Uint8Array | null)[]> {
  readonly columns?: readonly { readonly name: string; readonly type: number }[];
  readonly command: string | null;
  readonly count: number | null;
}

/** Makes an instance of postgres.js. */
export type PostgresJsFactory = (
  options: Readonly<Record<string, unknown>>,
) => PostgresJsSql & { end(options: { readonly timeout: number }): Promise<void> };

/**
 * The type of a literal without one: the server finds out what is meant from the place, and the package, which has no serializer for it, sends the text as
 * it is. Other types it would serialize, JSON text as a string in JSON for example.
 */
const UNKNOWN_TYPE = 705;

const UTF8 = new TextDecoder();

/** Runs one statement; all values go and come as text. */
export async function runOnPostgresJs(
  sql: PostgresJsSql,
  text: string,
  values: readonly (string | null)[],
): Promise<DriverResult> {
  const sent = values.map((value) => (value === null ? null : sql.typed(value, UNKNOWN_TYPE)));
  const result = await sql.unsafe(text, sent, { prepare: false, simple: false }).raw();
  return {
    rows: result.map((row) => row.map((value) => (value === null ? null : UTF8.decode(value)))),
    fields: (result.columns ?? []).map(({ name, type }) => ({ name, type })),
    changes: countChanges(result.command, result.count),
  };
}

/** Gives the socket once: the package would otherwise begin a new session by itself when the old one is lost, without its locks and settings. */
function giveOnce(socket: Duplex): () => Duplex {
  let isGiven = false;
  return () => {
    if (isGiven) throw reachErrors.connectionLost({});
    isGiven = true;
    return socket;
  };
}

async function open({ settings, socket, onNotice }: SessionRequest): Promise<DriverSession> {
  const { host, port, user, database, readPassword, applicationName, connectTimeout, options, tls } = settings;
  if (tls.channelBinding === "require") {
    const problem = `the driver ${NAME} has none`;
    throw reachErrors.settingUnusable({ setting: "channel_binding", problem });
  }
  // The package exports a function, and its types are not asked for.
  const postgresJs = loadPackage(NAME) as PostgresJsFactory;
  let isLost = false;
  let passwordFailure: unknown;
  const sql = postgresJs({
    host,
    port,
    user,
    database,
    // The package waits for a failure of this function for ever, and nobody catches it.
    pass: () =>
      readPassword().catch((error: unknown) => {
        passwordFailure = error;
        return "";
      }),
    socket: giveOnce(socket),
    // The socket is encrypted already. What is left out here, the package would take from the variables of the environment.
    ssl: false,
    target_session_attrs: undefined,
    connection: { application_name: applicationName, ...(options !== undefined && { options }) },
    connect_timeout: connectTimeout / 1000,
    // One session for as long as it takes.
    max: 1,
    idle_timeout: 0,
    max_lifetime: 0,
    fetch_types: false,
    debug: false,
    transform: {},
    types: {},
    onnotice: (notice: object) => passNotice(notice, onNotice),
    onclose: () => (isLost = true),
  });
  const run: DriverSession["run"] = async (text, values) => {
    if (isLost) throw reachErrors.connectionLost({});
    return runOnPostgresJs(sql, text, values);
  };
  // The package waits for statements whose answer nobody will give any more.
  const end = (): Promise<void> => sql.end({ timeout: isLost ? 0 : 5 });
  try {
    // The package connects at the first query.
    await run("SELECT 1", []);
  } catch (error) {
    await end();
    throw passwordFailure ?? error;
  }
  return { run, end };
}

/** The npm package postgres, which calls itself postgres.js. */
export const postgresJs: { readonly name: string; readonly open: (request: SessionRequest) => Promise<DriverSession> } =
  { name: NAME, open };
