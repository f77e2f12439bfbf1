import { executionErrors } from "../kernel/errors/execution-errors.ts";
import { holdsPromise } from "../kernel/holds-promise.ts";
import type { CallPlace } from "./revision-target.ts";

/**
 * Whoever writes a promise into a statement has forgotten to await it.
 *
 * @param method as it is called, for example `op.execute`
 * @throws ExecutionError (promiseInText)
 */
export function refusePromiseText(text: unknown, method: string, place: CallPlace): void {
  if (typeof text === "string" && holdsPromise(text))
    throw executionErrors.promiseInText({ ...place, method, sql: text });
}
