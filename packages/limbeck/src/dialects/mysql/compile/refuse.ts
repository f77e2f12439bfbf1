import { operationErrors } from "../../../kernel/errors/operation-errors.ts";

/**
 * The error for what these engines have no statement for.
 *
 * @param what in the user's words, as the subject of a sentence
 * @param why what the engine has instead, or a reason
 */
export function refuse(what: string, why: string): Error {
  return operationErrors.unsupported({ what, engine: "MySQL and MariaDB", why });
}
