import type { Connection } from "../../../dialect/connection.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { setUp } from "./connect.ts";
import { PostgresConnection } from "./postgres-connection.ts";
import { ScratchConnection } from "./scratch-connection.ts";

/**
 * A copy with all rows: of a scratch database that was created for it, or of a database of PGlite, which copies itself. A database of a server that others may be connected
 * to cannot be copied: `CREATE DATABASE ... TEMPLATE` refuses it.
 *
 * @throws ConnectionError (copyUnsupported)
 */
export async function openCopy(original: Connection): Promise<Connection> {
  if (original instanceof ScratchConnection) return original.copy();
  const session = original instanceof PostgresConnection ? await original.copy() : undefined;
  if (session === undefined) throw connectionErrors.copyUnsupported({ url: original.description });
  return setUp({ session, description: `a copy of ${original.description}`, isBorrowed: false });
}
