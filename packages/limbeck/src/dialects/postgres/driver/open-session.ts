import type { ConnectOptions, DatabaseTarget } from "../../../dialect/dialect.ts";
import { findSqlState, SQL_STATES } from "../database-errors.ts";
import { redactUrl } from "./database-url.ts";
import type { DriverSession } from "./driver.ts";
import { isEmbeddedUrl, parseEmbeddedUrl } from "./embedded-url.ts";
import { useExisting } from "./existing/use-existing.ts";
import type { ExistingDatabase } from "./existing/existing-database.ts";
import { explainOwn, explainRefusal } from "./explain-refusal.ts";
import { findServerDriver, requireEmbeddedDriver, type ServerDriver } from "./find-driver.ts";
import { openSocket } from "./open-socket.ts";
import { openPglite } from "./pglite.ts";
import { refuseSharedSessions, type SeenSession } from "./refuse-shared-sessions.ts";
import { resolveSettings } from "./settings/resolve-settings.ts";
import type { ServerSettings, SslMode } from "./settings/server-settings.ts";

/** A session as it was opened, with nothing set in it yet. */
export interface OpenSession {
  readonly session: DriverSession;
  /** The URL without passwords. */
  readonly description: string;
  /** Whether it belongs to somebody else, who gets it back as it was. */
  readonly isBorrowed: boolean;
}

type NoticeListener = NonNullable<ConnectOptions["onNotice"]>;

/** How long to wait for another process that has a database of PGlite open, in milliseconds. */
const EMBEDDED_TIMEOUT = 30_000;

/** With and without encryption, in the order in which a mode tries. */
const ATTEMPTS: Readonly<Record<SslMode, readonly boolean[]>> = {
  disable: [false],
  allow: [false, true],
  prefer: [true, false],
  require: [true],
  "verify-ca": [true],
  "verify-full": [true],
};

/** A session with a server, and the port on this side of it. */
interface ServerSession {
  readonly session: DriverSession;
  readonly localPort: number | undefined;
}

/** A package tells a lost server in words of its own; a socket that nobody reads from would stay open. */
async function openOnce(
  driver: ServerDriver,
  settings: ServerSettings,
  isEncryptionWanted: boolean,
  onNotice: NoticeListener,
): Promise<ServerSession> {
  const { socket, isEncrypted, localPort } = await openSocket(settings, isEncryptionWanted);
  try {
    return { session: await driver.open({ settings, socket, isEncrypted, onNotice }), localPort };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Which connections a server lets in with or without encryption only the server knows, and says when it refuses. */
async function openServerSession(
  driver: ServerDriver,
  settings: ServerSettings,
  onNotice: NoticeListener,
): Promise<ServerSession> {
  const [first = false, ...others] = ATTEMPTS[settings.tls.mode];
  try {
    return await openOnce(driver, settings, first, onNotice);
  } catch (error) {
    const [second] = others;
    if (second === undefined || findSqlState(error) !== SQL_STATES.invalidAuthorization) throw error;
    return openOnce(driver, settings, second, onNotice).catch(() => {
      throw error;
    });
  }
}

// What the packages take from there themselves is no secret to keep from a library: without it, they would find no password.
// oxlint-disable-next-line eslint/no-restricted-globals -- see above
const findEnvironment = (): NonNullable<ConnectOptions["env"]> => process.env;

async function openUrl(url: string, options: ConnectOptions): Promise<DriverSession> {
  const { driver, env = findEnvironment(), readPassword, onNotice = () => undefined, readOnly, wait } = options;
  if (isEmbeddedUrl(url)) {
    requireEmbeddedDriver(url, driver);
    return openPglite(parseEmbeddedUrl(url), {
      readOnly,
      wait,
      onNotice,
      timeout: options.busyTimeout ?? EMBEDDED_TIMEOUT,
    });
  }
  const chosen = findServerDriver(redactUrl(url), driver);
  const settings = resolveSettings(url, { env, readPassword });
  const open = (): Promise<ServerSession> => openServerSession(chosen, settings, onNotice);
  const { session, localPort } = await open().catch((error: unknown) => {
    throw explainRefusal(url, settings, error);
  });
  try {
    const openAnother = async (): Promise<DriverSession> => (await open()).session;
    await refuseSharedSessions(session, {
      // The server sees the port of whoever is in between.
      isDirect: ({ port }) => port === String(localPort ?? ""),
      url: redactUrl(url),
      openAnother,
    });
  } catch (error) {
    await session.end();
    throw error;
  }
  return session;
}

/** Takes a session of somebody else's object. */
async function borrow(existing: ExistingDatabase, onNotice: NoticeListener): Promise<DriverSession> {
  const { url, openAnother } = existing;
  let session: DriverSession | undefined;
  try {
    session = await existing.borrow(onNotice);
    const { process } = session;
    if (typeof process === "number" && openAnother) {
      // A pooler has numbers of its own for its clients.
      const isDirect = (seen: SeenSession): boolean => seen.process === String(process);
      await refuseSharedSessions(session, { isDirect, url, openAnother });
    }
    return session;
  } catch (error) {
    await session?.end();
    throw explainOwn(url, error);
  }
}

/**
 * Opens a session with the database behind a URL, or takes one of an open database.
 *
 * @throws ConnectionError when it cannot be opened; never with the password
 */
export async function openSession(target: DatabaseTarget, options: ConnectOptions = {}): Promise<OpenSession> {
  if (typeof target === "string") {
    const session = await openUrl(target, options);
    return { session, description: redactUrl(target), isBorrowed: false };
  }
  const existing = useExisting(target);
  const session = await borrow(existing, options.onNotice ?? (() => undefined));
  return { session, description: existing.url, isBorrowed: true };
}
