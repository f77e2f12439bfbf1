import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { reachErrors } from "../../../kernel/errors/reach-errors.ts";
import { loadPackage } from "../../../dialect/load-package.ts";
import { countChanges, type DriverResult, type DriverSession, type SessionRequest } from "./driver.ts";
import { passNotice } from "./pass-notice.ts";

const NAME = "pg";

/** The part of a client of `pg` that is used here; the package brings no types. https://node-postgres.com/apis/client */
export interface PgClient {
  connect(): Promise<unknown>;
  query(config: PgQuery): Promise<PgResult>;
  end(): Promise<void>;
  /** Of the session on the server; null before it is connected. */
  readonly processID: number | null;
  on(event: "error" | "notice", listener: (error: Error) => void): unknown;
  off(event: "error" | "notice", listener: (error: Error) => void): unknown;
  readonly connection: {
    once(event: "authenticationSASL", listener: (message: { readonly mechanisms: readonly string[] }) => void): unknown;
  };
}

/** A query in the words of `pg`. */
export interface PgQuery {
  readonly text: string;
  readonly values: readonly (string | null)[];
  readonly rowMode: "array";
  /** The server then takes one statement only, also where no value is bound. */
  readonly queryMode: "extended";
  readonly types: { readonly getTypeParser: () => (text: string) => string };
}

interface PgResult {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: readonly (readonly (string | null)[])[];
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

/** Makes a client of `pg`, of the package itself or of whom it belongs to. */
export type PgClientConstructor = new (config: Readonly<Record<string, unknown>>) => PgClient;

interface PgModule {
  readonly Client: PgClientConstructor;
}

const AS_TEXT: PgQuery["types"] = { getTypeParser: () => (text) => text };

/** What runs statements on a client, until nobody needs it any more. */
interface PgRunner {
  readonly run: DriverSession["run"];
  /** Leaves the client as it was. */
  readonly leave: () => void;
}

/**
 * Makes what runs statements on a client. A session that the server ends while nothing runs would bring the process down, if nobody heard of it; the next statement
 * fails instead, and says so.
 */
export function createPgRunner(client: PgClient): PgRunner {
  let isLost = false;
  const hear = (): void => void (isLost = true);
  client.on("error", hear);
  return {
    run: async (text, values) => {
      if (isLost) throw reachErrors.connectionLost({});
      return runOnPgClient(client, text, values);
    },
    leave: () => void client.off("error", hear),
  };
}

/** Runs one statement; all values go and come as text. */
async function runOnPgClient(
  client: Pick<PgClient, "query">,
  text: string,
  values: readonly (string | null)[],
): Promise<DriverResult> {
  const result = await client.query({ text, values, rowMode: "array", queryMode: "extended", types: AS_TEXT });
  return {
    rows: result.rows,
    fields: result.fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })),
    changes: countChanges(result.command, result.rowCount),
  };
}

/** The package wants to connect a socket itself; this one is connected already. */
function pretendToConnect(socket: Duplex): Duplex {
  // A Duplex over a server is always a socket: those that openSocket gives are.
  const stream = socket as Socket;
  stream.connect = () => {
    setImmediate(() => stream.emit("connect"));
    return stream;
  };
  return stream;
}

async function open({ settings, socket, isEncrypted, onNotice }: SessionRequest): Promise<DriverSession> {
  // The package has no types; the interface above names what is used of it.
  const { Client } = loadPackage(NAME) as PgModule;
  const { host, port, user, database, readPassword, applicationName, connectTimeout, options, tls } = settings;
  const client = new Client({
    host,
    port,
    user,
    database,
    password: readPassword,
    stream: () => pretendToConnect(socket),
    // The socket is encrypted already. What is left out here, the package would take from the variables of the environment.
    ssl: false,
    sslnegotiation: "postgres",
    application_name: applicationName,
    ...(options !== undefined && { options }),
    connectionTimeoutMillis: connectTimeout,
    enableChannelBinding: isEncrypted && tls.channelBinding !== "disable",
  });
  let isBound = false;
  client.connection.once("authenticationSASL", ({ mechanisms }) => {
    isBound = isEncrypted && mechanisms.includes("SCRAM-SHA-256-PLUS");
  });
  const { run } = createPgRunner(client);
  client.on("notice", (notice) => passNotice(notice, onNotice));
  await client.connect();
  if (tls.channelBinding === "require" && !isBound) {
    await client.end();
    const problem = "the server let this user in without it";
    throw reachErrors.settingUnusable({ setting: "channel_binding", problem });
  }
  return { run, end: () => client.end() };
}

/** The npm package pg. */
export const pg: { readonly name: string; readonly open: (request: SessionRequest) => Promise<DriverSession> } = {
  name: NAME,
  open,
};
