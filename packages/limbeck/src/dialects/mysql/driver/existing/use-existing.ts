import { describeObject } from "../../../../dialect/describe-object.ts";
import { connectionErrors } from "../../../../kernel/errors/connection-errors.ts";
import { adoptMariadb } from "./adopt-mariadb.ts";
import { adoptMysql2 } from "./adopt-mysql2.ts";
import type { ExistingDatabase } from "./existing-database.ts";

const recognize = (value: object): ExistingDatabase | undefined => adoptMysql2(value) ?? adoptMariadb(value);

/**
 * The database behind an object that was handed over.
 *
 * @throws ConnectionError (unknownConnection, connectionClosed)
 */
export function useExisting(value: object): ExistingDatabase {
  const existing = recognize(value);
  if (!existing) throw connectionErrors.unknownConnection({ found: describeObject(value) });
  return existing;
}

/** The URL, for people, of the database behind an object; undefined when it is no open database of one of the drivers. */
export function identifyConnection(value: object): string | undefined {
  return recognize(value)?.url;
}
