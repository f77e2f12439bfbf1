import { connectionErrors } from "../kernel/errors/connection-errors.ts";
import { describeObject } from "../dialect/describe-object.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { readScheme, refuseScheme } from "./refuse-scheme.ts";

interface RegisteredDialect {
  /** URL schemes that lead to the dialect, without the colon. */
  readonly schemes: readonly string[];
  readonly load: () => Promise<Dialect>;
}

/** The URL of a database that a new project begins with: a file, because it needs no server. */
export const defaultDatabaseUrl = (name: string): string => `sqlite:${name}.db`;

/** The one place that lists the dialects; each is loaded when a URL asks for it. */
const DIALECTS: readonly RegisteredDialect[] = [
  { schemes: ["sqlite", "file"], load: async () => (await import("./sqlite/index.ts")).sqlite },
  { schemes: ["postgres", "postgresql", "pglite"], load: async () => (await import("./postgres/index.ts")).postgres },
  { schemes: ["mysql", "mariadb"], load: async () => (await import("./mysql/index.ts")).mysql },
];

/** A dialect, and the database that it was chosen for. */
export interface IdentifiedConnection {
  readonly dialect: Dialect;
  /** The URL of the database, for people. */
  readonly url: string;
}

/**
 * The dialect that an open database object belongs to.
 *
 * @throws ConnectionError when none knows it, or it is closed
 */
export async function identifyConnection(connection: object): Promise<IdentifiedConnection> {
  for (const { load } of DIALECTS) {
    const dialect = await load();
    const url = dialect.identifyConnection(connection);
    if (url !== undefined) return { dialect, url };
  }
  throw connectionErrors.unknownConnection({ found: describeObject(connection) });
}

/**
 * The dialect that a database URL asks for.
 *
 * @throws ConnectionError when no dialect knows the URL's scheme
 */
export async function loadDialect(url: string): Promise<Dialect> {
  const scheme = readScheme(url);
  const found = DIALECTS.find(({ schemes }) => scheme !== undefined && schemes.includes(scheme));
  if (found) return found.load();
  return refuseScheme(
    url,
    DIALECTS.flatMap(({ schemes }) => schemes),
  );
}
