import type { ConnectOptions, DatabaseTarget } from "../../../dialect/dialect.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { describeObject } from "../../../dialect/describe-object.ts";
import { quoteText } from "../quote.ts";
import { SESSION_SETTINGS } from "../session-settings.ts";
import type { DriverSession } from "./driver.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { findDriver } from "./find-driver.ts";
import { checkUrl, redactUrl } from "./parse-url.ts";
import { PostgresConnection } from "./postgres-connection.ts";

/** The URL of a target. @throws ConnectionError for an open connection: none can be handed over yet */
export function requireUrl(target: DatabaseTarget): string {
  if (typeof target === "string") return checkUrl(target);
  throw connectionErrors.unknownConnection({ found: describeObject(target) });
}

function listSettings({ readOnly, busyTimeout }: ConnectOptions): readonly (readonly [string, string])[] {
  return [
    ...SESSION_SETTINGS,
    // The catalogue is read in few large queries that run once: compiling them costs more than running them.
    ["jit", "off"],
    ...(readOnly ? [["default_transaction_read_only", "on"] as const] : []),
    ...(busyTimeout === undefined ? [] : [["lock_timeout", String(busyTimeout)] as const]),
  ];
}

/** Sets up a session and asks what it is, in one round trip. */
async function prepare(session: DriverSession, options: ConnectOptions): Promise<string> {
  const settings = listSettings(options).map(
    ([name, value]) => `set_config(${quoteText(name)}, ${quoteText(value)}, false)`,
  );
  const { rows } = await session.run(
    `SELECT current_setting('server_version'), current_schema(), ${settings.join(", ")}`,
    [],
  );
  const [version = "", schema] = rows[0] ?? [];
  if (schema === null || schema === undefined) throw connectionErrors.noCurrentSchema({});
  // Distributors add words of their own: 15.4 (Debian 15.4-1).
  return /^[\d.]+/.exec(version ?? "")?.[0] ?? "";
}

/**
 * Opens a session with the database behind a URL.
 *
 * @throws ConnectionError when it cannot be opened; never with the password
 */
export async function connect(target: DatabaseTarget, options: ConnectOptions = {}): Promise<PostgresConnection> {
  const url = requireUrl(target);
  const driver = findDriver(options.driver);
  const session = await driver.open(url).catch((error: unknown) => {
    throw explainRefusal(url, error);
  });
  try {
    return new PostgresConnection(session, {
      serverVersion: await prepare(session, options),
      description: redactUrl(url),
    });
  } catch (error) {
    await session.end();
    throw explainRefusal(url, error);
  }
}
