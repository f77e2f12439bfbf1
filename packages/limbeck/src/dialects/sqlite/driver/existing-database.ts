import { describeObject } from "../../../dialect/describe-object.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import type { DriverDatabase } from "./driver.ts";
import { adoptDatabase } from "./find-driver.ts";
import { IN_MEMORY } from "./parse-url.ts";
import { buildUrl } from "./resolve-url.ts";

/** A database that somebody opened and handed over. */
export interface ExistingDatabase {
  readonly database: DriverDatabase;
  /** Absolute path of its file, or `:memory:`; also for a temporary database, which has no path either. */
  readonly path: string;
}

/**
 * The database in an object that was handed over.
 *
 * @throws ConnectionError (unknownConnection, connectionClosed)
 */
export function useExisting(value: object): ExistingDatabase {
  const existing = recognize(value);
  if (!existing) throw connectionErrors.unknownConnection({ found: describeObject(value) });
  return existing;
}

/**
 * The URL of the database in an open object of one of the drivers; undefined when it is anything else.
 *
 * @throws ConnectionError (connectionClosed)
 */
export function identifyConnection(value: object): string | undefined {
  const path = recognize(value)?.path;
  return path === undefined ? undefined : buildUrl(path);
}

function recognize(value: object): ExistingDatabase | undefined {
  const database = adoptDatabase(value);
  if (!database) return undefined;
  if (!database.isOpen()) throw connectionErrors.connectionClosed({ description: "the database that was handed over" });
  return { database, path: readPath(database) };
}

/** https://www.sqlite.org/pragma.html#pragma_database_list */
function readPath(database: DriverDatabase): string {
  const [[path] = []] = database.prepare("SELECT file FROM pragma_database_list WHERE name = 'main'").all([]);
  return typeof path === "string" && path !== "" ? path : IN_MEMORY;
}
