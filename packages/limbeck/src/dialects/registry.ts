import { connectionErrors } from "../kernel/errors/connection-errors.ts";
import type { Dialect } from "../dialect/dialect.ts";

interface RegisteredDialect {
  /** URL schemes that lead to the dialect, without the colon. */
  readonly schemes: readonly string[];
  readonly load: () => Promise<Dialect>;
}

/** The database that a new project begins with: a file, because it needs no server. */
export const DEFAULT_DATABASE_URL = "sqlite:app.db";

/** The one place that lists the dialects; each is loaded when a URL asks for it. */
const DIALECTS: readonly RegisteredDialect[] = [
  { schemes: ["sqlite", "file"], load: async () => (await import("./sqlite/index.ts")).sqlite },
];

/**
 * The dialect that a database URL asks for.
 *
 * @throws ConnectionError when no dialect knows the URL's scheme
 */
export async function loadDialect(url: string): Promise<Dialect> {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  const found = DIALECTS.find(({ schemes }) => scheme !== undefined && schemes.includes(scheme));
  if (!found) throw connectionErrors.unknownScheme({ scheme: scheme ?? "", schemes: DIALECTS.flatMap(({ schemes }) => schemes) });
  return found.load();
}
