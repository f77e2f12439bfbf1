import { describeObject } from "../../../dialect/describe-object.ts";
import type { ConnectOptions, DatabaseTarget } from "../../../dialect/dialect.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { SESSION_SETTINGS } from "../session-settings.ts";
import type { DriverSession } from "./driver.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { findDriver } from "./find-driver.ts";
import { MysqlConnection } from "./mysql-connection.ts";
import { checkUrl, readTarget, redactUrl } from "./parse-url.ts";

/** The URL of a target. @throws ConnectionError for an open connection: none can be handed over yet */
export function requireUrl(target: DatabaseTarget): string {
  if (typeof target === "string") return checkUrl(target);
  throw connectionErrors.unknownConnection({ found: describeObject(target) });
}

const MILLISECONDS = 1000;

function listSettings({ readOnly, busyTimeout }: ConnectOptions): readonly string[] {
  return [
    ...SESSION_SETTINGS,
    ...(readOnly ? ["SESSION TRANSACTION READ ONLY"] : []),
    ...(busyTimeout === undefined
      ? []
      : [`SESSION lock_wait_timeout = ${Math.max(1, Math.round(busyTimeout / MILLISECONDS))}`]),
  ];
}

/** Sets up a session and asks what it is. */
async function prepare(session: DriverSession, options: ConnectOptions): Promise<string> {
  for (const setting of listSettings(options)) await session.run(`SET ${setting}`);
  const { rows } = await session.run("SELECT VERSION()");
  const [version] = rows[0] ?? [];
  // Distributors add words of their own: 10.11.6-MariaDB-0+deb12u1.
  return /^[\d.]+/.exec(Buffer.from(version ?? []).toString())?.[0] ?? "";
}

/**
 * Opens a session with the database behind a URL.
 *
 * @throws ConnectionError when it cannot be opened; never with the password
 */
export async function connect(target: DatabaseTarget, options: ConnectOptions = {}): Promise<MysqlConnection> {
  const url = requireUrl(target);
  const driver = findDriver(options.driver);
  const session = await driver.open(readTarget(url)).catch((error: unknown) => {
    throw explainRefusal(url, error);
  });
  try {
    return new MysqlConnection(session, {
      serverVersion: await prepare(session, options),
      description: redactUrl(url),
    });
  } catch (error) {
    await session.end();
    throw explainRefusal(url, error);
  }
}
