import type { Connection } from "../../../dialect/connection.ts";
import { connectionErrors } from "../../../kernel/errors/connection-errors.ts";

/**
 * A copy with all rows cannot be had yet.
 *
 * @throws ConnectionError (copyUnsupported)
 */
export async function openCopy(original: Connection): Promise<Connection> {
  throw connectionErrors.copyUnsupported({ url: original.description });
}
