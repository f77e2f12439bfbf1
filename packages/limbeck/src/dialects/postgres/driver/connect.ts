import type { ConnectOptions, DatabaseTarget } from "../../../dialect/dialect.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { quoteText } from "../quote.ts";
import { SESSION_SETTINGS } from "../session-settings.ts";
import type { DriverSession } from "./driver.ts";
import { explainOwn } from "./explain-refusal.ts";
import { openSession, type OpenSession } from "./open-session.ts";
import { tidyUp } from "./is-loss.ts";
import { PostgresConnection } from "./postgres-connection.ts";
import { refuseTransaction, rememberSettings } from "./lent-session.ts";

type Settings = readonly (readonly [name: string, value: string])[];

function listSettings({ readOnly, busyTimeout }: ConnectOptions): Settings {
  return [
    ...SESSION_SETTINGS,
    // The catalogue is read in few large queries that run once: compiling them costs more than running them.
    ["jit", "off"],
    ...(readOnly ? [["default_transaction_read_only", "on"] as const] : []),
    ...(busyTimeout === undefined ? [] : [["lock_timeout", String(busyTimeout)] as const]),
  ];
}

/** Sets up a session and asks what it is, in one round trip. */
async function prepare(session: DriverSession, settings: Settings, mayBeBare: boolean): Promise<string> {
  const calls = settings.map(([name, value]) => `set_config(${quoteText(name)}, ${quoteText(value)}, false)`);
  const { rows } = await session.run(
    `SELECT current_setting('server_version'), current_schema(), ${calls.join(", ")}`,
    [],
  );
  const [version = "", schema] = rows[0] ?? [];
  if ((schema === null || schema === undefined) && !mayBeBare) throw connectionErrors.noCurrentSchema({});
  // Distributors add words of their own: 15.4 (Debian 15.4-1).
  return /^[\d.]+/.exec(version ?? "")?.[0] ?? "";
}

/** What a run sets later on. */
const LIMITS = ["lock_timeout", "statement_timeout"] as const;

/** What whoever lent a session gets back. */
async function borrow({ session, description }: OpenSession, settings: Settings): Promise<DriverSession> {
  await refuseTransaction(session, description);
  const restore = await rememberSettings(session, [...new Set([...settings.map(([name]) => name), ...LIMITS])]);
  return {
    ...session,
    end: async () => {
      try {
        await tidyUp(restore);
      } finally {
        await session.end();
      }
    },
  };
}

/** A new database does not have the schemas yet in which names are looked up. */
export interface Bareness {
  /** Whether that is none of an error. Default false. */
  readonly mayBeBare?: boolean;
}

/** Makes a connection of a session: one that is ours, or one that its owner gets back as it was. */
export async function setUp(
  open: OpenSession,
  options: ConnectOptions = {},
  { mayBeBare = false }: Bareness = {},
): Promise<PostgresConnection> {
  const settings = listSettings(options);
  let { session } = open;
  try {
    if (open.isBorrowed) session = await borrow(open, settings);
    return new PostgresConnection(session, {
      serverVersion: await prepare(session, settings, mayBeBare),
      description: open.description,
    });
  } catch (error) {
    await session.end();
    throw open.isBorrowed ? explainOwn(open.description, error) : error;
  }
}

/**
 * Opens a session with the database behind a URL, or takes one of an open database.
 *
 * @throws ConnectionError when it cannot be opened; never with the password
 */
export async function connect(
  target: DatabaseTarget,
  options: ConnectOptions = {},
  bareness: Bareness = {},
): Promise<PostgresConnection> {
  return setUp(await openSession(target, options), options, bareness);
}
