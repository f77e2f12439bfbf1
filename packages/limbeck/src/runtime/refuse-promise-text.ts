import { executionErrors } from "../kernel/errors/execution-errors.ts";
import type { CallPlace } from "./revision-target.ts";

/** What JavaScript makes of a promise that becomes part of a text. */
const PROMISE = "[object Promise]";

/**
 * Whoever writes a promise into a statement has forgotten to await it.
 *
 * @param method as it is called, for example `op.execute`
 * @throws ExecutionError (promiseInText)
 */
export function refusePromiseText(sql: string, method: string, place: CallPlace): void {
  if (sql.includes(PROMISE)) throw executionErrors.promiseInText({ ...place, method, sql });
}
