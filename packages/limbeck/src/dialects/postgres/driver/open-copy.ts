import type { Connection } from "../../../dialect/connection.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";

/**
 * A copy with all rows cannot be had yet: `CREATE DATABASE ... TEMPLATE` refuses a database that anybody else is connected to.
 *
 * @throws ConnectionError (copyUnsupported)
 */
export async function openCopy(original: Connection): Promise<Connection> {
  throw connectionErrors.copyUnsupported({ url: original.description });
}
