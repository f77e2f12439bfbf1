import type { ConnectOptions, DatabaseTarget } from "../../../dialect/dialect.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { SESSION_SETTINGS } from "../session-settings.ts";
import { SESSION } from "../session.ts";
import type { DriverSession } from "./driver.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { MysqlConnection } from "./mysql-connection.ts";
import { openAnotherSession, openSession, type OpenSession } from "./open-session.ts";

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

const readFirst = async (session: DriverSession, sql: string): Promise<string> =>
  Buffer.from((await session.run(sql)).rows[0]?.[0] ?? []).toString();

/** Sets up a session and asks what it is. */
async function prepare(session: DriverSession, options: ConnectOptions): Promise<string> {
  for (const setting of listSettings(options)) await session.run(`SET ${setting}`);
  // Distributors add words of their own: 10.11.6-MariaDB-0+deb12u1.
  return /^[\d.]+/.exec(await readFirst(session, "SELECT VERSION()"))?.[0] ?? "";
}

/** Only MariaDB says so; a rollback would take away what the owner of a session is in the middle of. */
async function refuseTransaction(session: DriverSession, description: string): Promise<void> {
  const isInTransaction = await readFirst(session, "SELECT @@in_transaction").catch(() => "0");
  if (isInTransaction === "1") throw connectionErrors.connectionInTransaction({ description });
}

/** What whoever lent a session gets back. */
async function borrow({ session, description }: OpenSession, { readOnly }: ConnectOptions): Promise<DriverSession> {
  await refuseTransaction(session, description);
  const own = new MysqlConnection(session, { serverVersion: "", description });
  const remember = await SESSION.remember(own);
  // The packages ask for modes of their own, and so may the owner.
  await session.run("SET SESSION sql_mode = @@GLOBAL.sql_mode");
  return {
    run: session.run,
    end: async () => {
      try {
        await session.run("ROLLBACK");
        if (readOnly) await session.run("SET SESSION TRANSACTION READ WRITE");
        for (const { sql } of await remember()) await session.run(sql);
      } finally {
        await session.end();
      }
    },
  };
}

async function setUp(open: OpenSession, options: ConnectOptions): Promise<MysqlConnection> {
  let { session } = open;
  try {
    if (open.isBorrowed) session = await borrow(open, options);
    return new MysqlConnection(session, {
      serverVersion: await prepare(session, options),
      description: open.description,
    });
  } catch (error) {
    await session.end();
    throw error;
  }
}

/**
 * Opens a session with the database behind a URL, or takes one of an open database.
 *
 * @throws ConnectionError when it cannot be opened; never with the password
 */
export async function connect(target: DatabaseTarget, options: ConnectOptions = {}): Promise<MysqlConnection> {
  return setUp(await openSession(target, options), options).catch((error: unknown) => {
    throw typeof target === "string" ? explainRefusal(target, error) : error;
  });
}

/**
 * Opens a session of our own on the server of a URL or of an open database.
 *
 * @param database default: the same one
 * @throws ConnectionError when it cannot be opened
 */
export async function connectBeside(
  target: DatabaseTarget,
  options: ConnectOptions,
  database?: string,
): Promise<MysqlConnection> {
  return setUp(await openAnotherSession(target, options, database), options);
}
