import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { ServerNotice, WaitHooks } from "../../../dialect/dialect.ts";
import { loadPackage } from "../../../dialect/load-package.ts";
import { lockFile, type HeldLock } from "../../../dialect/lock-file.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { countChanges, type DriverResult, type DriverSession } from "./driver.ts";
import { IN_MEMORY } from "./embedded-url.ts";
import { passNotice } from "./pass-notice.ts";

/** What `driver` in the config calls it. */
export const PGLITE = "pglite";

const PACKAGE = "@electric-sql/pglite";

/** The part of PGlite that is used here. https://pglite.dev/docs/api */
export interface PgliteDatabase {
  readonly waitReady: Promise<void>;
  readonly closed: boolean;
  readonly dataDir?: string;
  /** By OID. */
  readonly parsers: Readonly<Record<string, unknown>>;
  readonly serializers: Readonly<Record<string, unknown>>;
  query(text: string, values: readonly (string | null)[], options: PgliteQueryOptions): Promise<PgliteResult>;
  clone(): Promise<PgliteDatabase>;
  close(): Promise<void>;
}

interface PgliteQueryOptions {
  readonly rowMode: "array";
  readonly parsers: Readonly<Record<string, (text: string) => string>>;
  readonly serializers: Readonly<Record<string, (text: string) => string>>;
  readonly onNotice: (notice: object) => void;
}

interface PgliteResult {
  readonly rows: readonly (readonly (string | null)[])[];
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
  readonly command?: string;
  readonly affectedRows?: number;
}

/** Makes a database, of the package or of whom it belongs to. */
export type PgliteConstructor = new (folder?: string) => PgliteDatabase;

interface PgliteModule {
  readonly PGlite: PgliteConstructor;
}

/** How a database of PGlite is opened. */
export interface PgliteOptions {
  readonly readOnly?: boolean | undefined;
  /** How long to wait for another process that has it open, in milliseconds. */
  readonly timeout: number;
  readonly wait?: WaitHooks | undefined;
  readonly onNotice: (notice: ServerNotice) => void;
}

const keepText = (text: string): string => text;

const keepAll = (byType: object): Readonly<Record<string, (text: string) => string>> =>
  Object.fromEntries(Object.keys(byType).map((type) => [type, keepText]));

/** Runs one statement; all values go and come as text. */
async function run(
  database: PgliteDatabase,
  onNotice: PgliteOptions["onNotice"],
  [text, values]: Parameters<DriverSession["run"]>,
): Promise<DriverResult> {
  const { rows, fields, command, affectedRows } = await database.query(text, values, {
    rowMode: "array",
    parsers: keepAll(database.parsers),
    serializers: keepAll(database.serializers),
    onNotice: (notice) => passNotice(notice, onNotice),
  });
  return {
    rows,
    fields: fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })),
    changes: countChanges(command, affectedRows),
  };
}

/** The one session that a database of PGlite has. */
export function createPgliteSession(
  database: PgliteDatabase,
  onNotice: PgliteOptions["onNotice"],
  end: () => Promise<void>,
): DriverSession {
  return {
    run: (...statement) => run(database, onNotice, statement),
    end,
    copy: async () => {
      const copy = await database.clone();
      return createPgliteSession(copy, onNotice, () => copy.close());
    },
  };
}

/** A folder that holds anything else is left alone, and only a run that may write makes a new one. */
function checkFolder(path: string, isReadOnly: boolean): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    if (isReadOnly) throw connectionErrors.databaseMissing({ path });
    const folder = dirname(path);
    if (!existsSync(folder)) throw connectionErrors.folderMissing({ path, folder });
    return;
  }
  if (existsSync(join(path, "PG_VERSION"))) return;
  if (!stats.isDirectory() || readdirSync(path).length > 0) throw connectionErrors.notADatabase({ path });
  if (isReadOnly) throw connectionErrors.databaseMissing({ path });
}

/** Two processes that have one folder open destroy it, so that whoever opens it, to read too, has it alone. */
async function lockFolder(path: string, { timeout, wait }: PgliteOptions): Promise<HeldLock> {
  const hooks = { ...(wait?.onWait && { onWait: wait.onWait }), signal: wait?.signal };
  return lockFile(`${path}-limbeck-lock`, path, { timeout, ...hooks });
}

/** An empty database in memory. @throws ConnectionError (driverMissing) */
export async function openPgliteInMemory(onNotice: PgliteOptions["onNotice"]): Promise<DriverSession> {
  // The package has no types that are asked for; the interface above names what is used of it.
  const { PGlite } = loadPackage(PACKAGE) as PgliteModule;
  const database = new PGlite();
  await database.waitReady;
  return createPgliteSession(database, onNotice, () => database.close());
}

/**
 * Opens the database in a folder, or an empty one in memory.
 *
 * @param path of a folder, or {@link IN_MEMORY}
 * @throws ConnectionError when the folder cannot be used or the package is not installed, LockError when somebody else has it open
 */
export async function openPglite(path: string, options: PgliteOptions): Promise<DriverSession> {
  if (path === IN_MEMORY) return openPgliteInMemory(options.onNotice);
  const folder = resolve(path);
  checkFolder(folder, options.readOnly === true);
  // As above.
  const { PGlite } = loadPackage(PACKAGE) as PgliteModule;
  const lock = await lockFolder(folder, options);
  try {
    const database = new PGlite(folder);
    await database.waitReady;
    return createPgliteSession(database, options.onNotice, async () => {
      try {
        if (!database.closed) await database.close();
      } finally {
        await lock.release();
      }
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Whether an object has the members of a database of PGlite. */
export function looksLikePglite(value: object): value is PgliteDatabase {
  return ["waitReady", "query", "execProtocolRaw", "dumpDataDir", "clone"].every((member) => member in value);
}
