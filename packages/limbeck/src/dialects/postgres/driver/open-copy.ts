import type { Connection } from "../../../dialect/connection.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { setUp } from "./connect.ts";
import { PostgresConnection } from "./postgres-connection.ts";

/**
 * A copy with all rows of a database of PGlite, in memory. One of a server cannot be had yet: `CREATE DATABASE ... TEMPLATE` refuses a database that anybody else
 * is connected to.
 *
 * @throws ConnectionError (copyUnsupported)
 */
export async function openCopy(original: Connection): Promise<Connection> {
  const session = original instanceof PostgresConnection ? await original.copy() : undefined;
  if (session === undefined) throw connectionErrors.copyUnsupported({ url: original.description });
  return setUp({ session, description: `a copy of ${original.description}`, isBorrowed: false });
}
