import type { Connection } from "../../../dialect/connection.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";
import { ScratchConnection } from "./scratch-connection.ts";

/**
 * A copy with all rows of a scratch database that was created for it. A database that others may be connected to cannot be copied: `CREATE DATABASE ... TEMPLATE` refuses
 * it.
 *
 * @throws ConnectionError (copyUnsupported)
 */
export async function openCopy(original: Connection): Promise<Connection> {
  if (original instanceof ScratchConnection) return original.copy();
  throw connectionErrors.copyUnsupported({ url: original.description });
}
